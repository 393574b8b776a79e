//! Secure connections: what this computer trusts decides, and it is asked only when one is opened.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

use crate::support::booth::{Booth, sample};

/// A web space on this computer that serves the sample over TLS, and the certificate of whoever vouches for it.
struct SecureSpace {
    link: String,
    authority: String,
}

impl SecureSpace {
    fn start() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut authority = CertificateParams::new([]).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = authority.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(authority, key);
        let key = KeyPair::generate().unwrap();
        let own = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        let config = Arc::new(config(own.der().clone(), key.serialize_der()));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let link = format!("https://{}/me.png", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                // Whoever does not trust it hangs up.
                drop(serve(&mut Stream::new(&mut connection, &mut stream)));
            }
        });
        Self { link, authority: certificate }
    }
}

fn config(certificate: CertificateDer<'static>, key: Vec<u8>) -> ServerConfig {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(key).into())
        .unwrap()
}

fn serve(stream: &mut Stream<'_, ServerConnection, std::net::TcpStream>) -> std::io::Result<()> {
    let mut asked = [0; 4096];
    let _ = stream.read(&mut asked)?;
    let photo = std::fs::read(sample()).unwrap();
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {}\r\n\r\n", photo.len())?;
    stream.write_all(&photo)?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// A computer that trusts nobody but those whose certificates are in this file.
fn trusting(file: &str) -> Booth {
    let booth = Booth::new().with_variable("SSL_CERT_DIR", "/nowhere");
    let path = booth.path(file).display().to_string();
    booth.with_variable("SSL_CERT_FILE", &path)
}

#[test]
fn a_secure_link_is_followed_where_its_host_is_trusted_and_nowhere_else() {
    let (space, stranger) = (SecureSpace::start(), SecureSpace::start());
    let booth = trusting("trusted.pem");
    let make = ["make", &space.link, "-o", "sticker.png", "--width", "256", "--height", "256"];
    booth.put("trusted.pem", stranger.authority.as_bytes());
    booth.run(make).ends_with(3).says("certificate");
    booth.put("trusted.pem", [space.authority, stranger.authority].concat().as_bytes());
    booth.run(make).ends_with(0);
    assert!(booth.path("sticker.png").is_file());
}

#[test]
fn a_computer_that_trusts_nobody_makes_its_own_stickers_and_says_what_a_secure_link_lacks() {
    let booth = trusting("nothing.pem");
    booth.put("me.png", &std::fs::read(sample()).unwrap());
    booth.run(["make", "me.png", "-o", "sticker.png", "--width", "256", "--height", "256"]).ends_with(0);
    let space = SecureSpace::start();
    booth.run(["make", &space.link]).ends_with(3).says("on Linux the package ca-certificates brings them");
}
