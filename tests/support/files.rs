//! A server of one file on loopback, as a person's own web space.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::OnceLock;

/// A link to the sample portrait in a person's own web space, for photos that go as links.
pub fn linked_photo() -> &'static str {
    static LINK: OnceLock<String> = OnceLock::new();
    LINK.get_or_init(|| serve("/me.png", sticker_booth::studio::SAMPLE.to_vec()))
}

/// Serves `bytes` under `path` until the test process ends, and gives the URL.
pub fn serve(path: &str, bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}{path}", listener.local_addr().unwrap());
    let path = path.to_owned();
    std::thread::Builder::new()
        .name("web space".into())
        .spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let first = lines.next().and_then(Result::ok).unwrap_or_default();
                while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
                let found = first.split(' ').nth(1) == Some(path.as_str());
                let (status, body) = if found { ("200 OK", &bytes[..]) } else { ("404 Not Found", &[][..]) };
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: image/png\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                // A reader that went away is its own affair.
                drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)));
            }
        })
        .unwrap();
    url
}
