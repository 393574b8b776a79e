//! Undoes `Content-Encoding`: nobody is asked to compress an answer, but some servers and caches do.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::reply::{ReadError, Reply};

/// How gzip begins: its two bytes, and the only method there is.
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];

/// Most codings that are undone one after the other.
const DEEPEST: usize = 4;

/// Undoes the codings of a whole body, to at most `cap` bytes, and remembers in [`Reply::packed`] the one that cannot be.
///
/// A body that is not what its header says stays as it came, since caches leave wrong headers behind. Of one that breaks
/// off, what could be read of it stays.
pub(super) fn unpack(reply: &mut Reply, cap: usize) -> Result<(), ReadError> {
    let codings = reply.header("content-encoding").unwrap_or_default().to_ascii_lowercase();
    let codings = codings.split(',').rev().map(str::trim).take(DEEPEST);
    for coding in codings {
        match coding {
            "" | "identity" | "aws-chunked" => {}
            "gzip" | "x-gzip" => gunzip(reply, cap)?,
            "deflate" => inflate(reply, cap)?,
            other => {
                reply.packed = Some(other.chars().take(40).collect());
                return Ok(());
            }
        }
    }
    // Some forget to say it; neither JSON nor a picture begins so.
    gunzip(reply, cap)
}

fn gunzip(reply: &mut Reply, cap: usize) -> Result<(), ReadError> {
    if !reply.body.starts_with(&GZIP) {
        return Ok(());
    }
    let packed = std::mem::take(&mut reply.body);
    take(reply, packed.as_slice(), read(MultiGzDecoder::new(packed.as_slice()), cap))
}

/// The standard's deflate is zlib's; some servers send it without zlib's frame.
fn inflate(reply: &mut Reply, cap: usize) -> Result<(), ReadError> {
    let packed = std::mem::take(&mut reply.body);
    let framed = read(ZlibDecoder::new(packed.as_slice()), cap);
    if framed.1.is_none() || !framed.0.is_empty() {
        return take(reply, packed.as_slice(), framed);
    }
    let mut decoder = DeflateDecoder::new(packed.as_slice());
    let bare = read(&mut decoder, cap);
    // Without a frame almost anything begins like it, so only what is used up to its end was that.
    let is_it = match &bare.1 {
        None => decoder.total_in() == packed.len() as u64,
        Some(error) => matches!(error, ReadError::TooLarge),
    };
    if is_it {
        return take(reply, packed.as_slice(), bare);
    }
    reply.body = packed;
    Ok(())
}

/// What came of it, and why there is no more.
type Unpacked = (Vec<u8>, Option<ReadError>);

fn read(decoder: impl Read, cap: usize) -> Unpacked {
    let mut bytes = Vec::new();
    // One byte more than is granted tells a body that is too large from one that just fits.
    let outcome = decoder.take(cap as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > cap {
        bytes.truncate(cap);
        return (bytes, Some(ReadError::TooLarge));
    }
    let error = outcome.err().map(|error| ReadError::Broken(format!("the compressed answer is damaged: {error}")));
    (bytes, error)
}

fn take(reply: &mut Reply, packed: &[u8], (bytes, error): Unpacked) -> Result<(), ReadError> {
    // Nothing of it could be read, so what came is all there is.
    reply.body = if bytes.is_empty() && error.is_some() { packed.to_vec() } else { bytes };
    error.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Reply {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        reply("gzip", encoder.finish().unwrap())
    }

    fn reply(coding: &str, body: Vec<u8>) -> Reply {
        let headers = vec![("content-encoding".to_owned(), coding.to_owned())];
        Reply { status: 200, headers, body, packed: None }
    }

    #[test]
    fn a_header_that_is_not_true_changes_nothing() {
        let text = br#"{"request_id":"r"}"#;
        for coding in ["identity", "gzip", "deflate", "aws-chunked", "gzip, deflate", ""] {
            let mut reply = reply(coding, text.to_vec());
            unpack(&mut reply, 1000).unwrap();
            assert_eq!((reply.body.as_slice(), reply.packed), (&text[..], None), "{coding}");
        }
    }

    #[test]
    fn what_cannot_be_undone_stays_as_it_came_and_is_named() {
        let body = b"\x0b\x02\x80hi\x03".to_vec();
        let mut reply = reply("br", body.clone());
        unpack(&mut reply, 1000).unwrap();
        assert_eq!((reply.body, reply.packed.as_deref()), (body, Some("br")));
    }

    #[test]
    fn a_bomb_is_too_large_and_half_a_file_is_broken_but_what_came_of_it_stays() {
        assert!(matches!(unpack(&mut packed(&vec![0; 1_000_000]), 1000), Err(ReadError::TooLarge)));
        let bytes: Vec<u8> =
            (0..50_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let mut half = packed(&bytes);
        half.body.truncate(half.body.len() / 2);
        assert!(matches!(unpack(&mut half, 1_000_000), Err(ReadError::Broken(_))));
        assert!(half.body.len() > 1000 && bytes.starts_with(&half.body));
    }
}
