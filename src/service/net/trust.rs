//! TLS of all clients, and the certificates this computer trusts: read when the first secure connection asks for them.
//!
//! Reading hundreds of files for each client would hold up every start, and some computers have none; what stays on this
//! computer needs none either.

use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;

/// TLS with ring over HTTP/1.1, trusting what this computer trusts. The same for all clients, so that it is set up once.
pub(super) fn tls() -> Result<ClientConfig, Error> {
    static TLS: OnceLock<Result<ClientConfig, Error>> = OnceLock::new();
    TLS.get_or_init(|| {
        // Whoever names no provider gets this one; the first decides, and all say the same.
        drop(ring::default_provider().install_default());
        let provider = Arc::new(ring::default_provider());
        let trust = Arc::new(Trust { provider: Arc::clone(&provider), verifier: OnceLock::new() });
        let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let mut tls = versions.dangerous().with_custom_certificate_verifier(trust).with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(tls)
    })
    .clone()
}

/// This computer's own verifier, from the first question on.
#[derive(Debug)]
struct Trust {
    provider: Arc<CryptoProvider>,
    verifier: OnceLock<Verifier>,
}

impl Trust {
    /// The verifier; what could not be read is tried again at the next question.
    fn verifier(&self) -> Result<&Verifier, Error> {
        if let Some(verifier) = self.verifier.get() {
            return Ok(verifier);
        }
        let read = Verifier::new(Arc::clone(&self.provider)).map_err(|error| unreadable(&error))?;
        Ok(self.verifier.get_or_init(|| read))
    }
}

fn unreadable(error: &Error) -> Error {
    Error::General(format!(
        "the certificates that this computer trusts could not be read ({error}); on Linux the package ca-certificates \
         brings them"
    ))
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.verifier()?.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier()?.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier()?.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
