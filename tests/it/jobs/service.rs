//! A hosted service that says what a test wants and counts whole requests.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::json;

/// What the service says to one request.
pub(crate) enum Say {
    /// JSON with a status.
    Json(u16, serde_json::Value),
    /// `Retry-After` in seconds with a 429.
    Busy(u64),
    /// A picture.
    Picture(Vec<u8>),
    /// Any bytes with a status.
    Bytes(u16, Vec<u8>),
    /// Any bytes with 200 and header lines that end in `\r\n`.
    Dressed(String, Vec<u8>),
    /// Nothing: the connection is held until the service ends.
    Nothing,
    /// The same after a while.
    After(Duration, Box<Self>),
}

/// Which endpoint a request was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Submit,
    Ask,
    Fetch,
}

/// A request as it arrived, whole.
pub(crate) struct Asked {
    /// The path with its query.
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    /// A text in the JSON of the body; empty when there is none.
    pub(crate) fn text(&self, field: &str) -> String {
        let body: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        body[field].as_str().unwrap_or_default().to_owned()
    }

    fn kind(&self) -> Kind {
        match &self.path {
            path if path.ends_with("/generate") => Kind::Submit,
            path if path.ends_with("/prediction") => Kind::Ask,
            _ => Kind::Fetch,
        }
    }
}

type Script = dyn Fn(&str, Kind, usize, &Asked) -> Say + Send + Sync;

/// The running service.
pub(crate) struct Service {
    pub(crate) base: String,
    counts: Arc<Mutex<HashMap<Kind, usize>>>,
    held: Arc<Mutex<Vec<TcpStream>>>,
}

impl Service {
    /// `script` gets the service's base, the kind of a request and how many of that kind came before.
    pub(crate) fn start(script: impl Fn(&str, Kind, usize) -> Say + Send + Sync + 'static) -> Self {
        Self::watched(|| {}, script)
    }

    /// The same; `connected` is called when a connection has come and not a byte of it was read.
    pub(super) fn watched(
        connected: impl Fn() + Send + Sync + 'static,
        script: impl Fn(&str, Kind, usize) -> Say + Send + Sync + 'static,
    ) -> Self {
        Self::serving(connected, move |base, kind, earlier, _| script(base, kind, earlier))
    }

    /// The same for a script that also looks at the request.
    pub(crate) fn listening(script: impl Fn(&str, Kind, usize, &Asked) -> Say + Send + Sync + 'static) -> Self {
        Self::serving(|| {}, script)
    }

    fn serving(
        connected: impl Fn() + Send + Sync + 'static,
        script: impl Fn(&str, Kind, usize, &Asked) -> Say + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let service = Self { base, counts: Arc::default(), held: Arc::default() };
        let (counts, held) = (Arc::clone(&service.counts), Arc::clone(&service.held));
        let script: Arc<Script> = Arc::new(script);
        let own_base = service.base.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                connected();
                let (counts, held, script) = (Arc::clone(&counts), Arc::clone(&held), Arc::clone(&script));
                let base = own_base.clone();
                thread::spawn(move || {
                    serve(&stream, &counts, &held, |kind, earlier, asked| script(&base, kind, earlier, asked));
                });
            }
        });
        service
    }

    /// Whole requests of a kind so far.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.counts.lock().unwrap().get(&kind).copied().unwrap_or(0)
    }
}

fn serve(
    stream: &TcpStream,
    counts: &Mutex<HashMap<Kind, usize>>,
    held: &Mutex<Vec<TcpStream>>,
    script: impl Fn(Kind, usize, &Asked) -> Say,
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(asked) = read_request(&mut reader) {
        let kind = asked.kind();
        let earlier = {
            let mut counts = counts.lock().unwrap();
            let count = counts.entry(kind).or_insert(0);
            *count += 1;
            *count - 1
        };
        if !answer(stream, script(kind, earlier, &asked), held) {
            return;
        }
    }
}

fn read_request(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { path: first.split(' ').nth(1).unwrap_or_default().to_owned(), body })
}

/// Writes the answer; is the connection still of use?
fn answer(mut stream: &TcpStream, say: Say, held: &Mutex<Vec<TcpStream>>) -> bool {
    let (status, extra, kind, body) = match say {
        Say::Json(status, body) => (status, String::new(), "application/json", body.to_string().into_bytes()),
        Say::Busy(seconds) => (429, format!("Retry-After: {seconds}\r\n"), "application/json", b"{}".to_vec()),
        Say::Bytes(status, bytes) => (status, String::new(), "application/octet-stream", bytes),
        Say::Picture(bytes) => (200, String::new(), "image/png", bytes),
        Say::Dressed(headers, bytes) => (200, headers, "application/octet-stream", bytes),
        Say::Nothing => {
            held.lock().unwrap().push(stream.try_clone().unwrap());
            return false;
        }
        Say::After(wait, say) => {
            thread::sleep(wait);
            return answer(stream, *say, held);
        }
    };
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{extra}Content-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).is_ok() && stream.write_all(&body).is_ok()
}

/// The documented answer to a submit.
pub(crate) fn accepted(request_id: &str) -> Say {
    Say::Json(200, json!({ "success": true, "request_id": request_id, "status": "starting" }))
}

/// Still at work.
pub(crate) fn working() -> Say {
    Say::Json(200, json!({ "success": true, "status": "processing" }))
}

/// Finished, with links to these files of the service.
pub(crate) fn finished(base: &str, files: &[&str]) -> Say {
    let links: Vec<String> = files.iter().map(|file| format!("{base}/{file}")).collect();
    Say::Json(200, json!({ "success": true, "status": "succeeded", "output": links }))
}
