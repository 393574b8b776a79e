//! A TCP server that misbehaves on demand and counts what reached it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does with one connection.
#[derive(Clone, Debug)]
pub enum Act {
    /// Closes it at once, unread.
    CloseAtOnce,
    /// Reads the headers, then resets.
    ResetAfterHeaders,
    /// Reads the whole request, then closes without a word.
    CloseAfterRequest,
    /// Reads the whole request, then resets.
    ResetAfterRequest,
    /// Reads the whole request, then says nothing for as long as the server lives.
    Stall,
    /// Reads the whole request, sends these bytes and closes.
    Say(Vec<u8>),
    /// Like `Say`, but resets at the end.
    SayAndReset(Vec<u8>),
    /// Like `Say`, but leaves the connection open and says nothing more.
    SayAndStall(Vec<u8>),
    /// Like `Say`, one byte at a time.
    Drip(Vec<u8>),
    /// Like `Drip`, so slowly that it outlasts the patience of any test.
    Trickle(Vec<u8>),
    /// Like `Say`, and goes on with the letter x until the client leaves.
    Endless(Vec<u8>),
    /// Answers every request of the connection with these bytes.
    KeepAlive(Vec<u8>),
    /// Reads the whole request, sends what this makes of it and closes.
    Answer(Script),
}

/// What a request is answered with.
#[derive(Clone)]
pub struct Script(Arc<Answering>);

type Answering = dyn Fn(&Heard) -> Vec<u8> + Send + Sync;

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

impl Act {
    /// A whole JSON answer.
    pub fn json(status: u16, body: &str) -> Self {
        Self::answer(status, &[("Content-Type", "application/json")], body.as_bytes())
    }

    /// A whole answer.
    pub fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        // Without the second line a client may send its next request into the connection that is just being closed.
        let mut bytes =
            format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n", body.len()).into_bytes();
        for (name, value) in headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(body);
        Self::Say(bytes)
    }

    /// An answer that is made for each request.
    pub fn answering(script: impl Fn(&Heard) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::Answer(Script(Arc::new(script)))
    }

    /// The bytes of an answer that is said in one piece; none of any other act.
    pub fn bytes(self) -> Vec<u8> {
        if let Self::Say(bytes) = self { bytes } else { Vec::new() }
    }

    /// Exactly these bytes.
    pub fn say(bytes: &str) -> Self {
        Self::Say(bytes.as_bytes().to_vec())
    }
}

/// Longer than any test.
const FOR_EVER: Duration = Duration::from_hours(1);

/// A request as it arrived, whole.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Request line and headers.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Heard {
    /// The path with its query.
    pub fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }
}

/// What came in and went out.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) heard: Mutex<Vec<Heard>>,
    /// Bytes of endless answers.
    pub(super) endless: AtomicUsize,
}

/// The server. Each connection takes the next act; the last act repeats.
#[derive(Debug)]
pub struct RawServer {
    /// Where it listens.
    pub address: SocketAddr,
    log: Arc<Log>,
    connections: Arc<Mutex<usize>>,
    task: JoinHandle<()>,
}

impl RawServer {
    /// Starts on a free port of 127.0.0.1.
    pub async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        Self::start_at(0, acts).await
    }

    /// Starts on this port of 127.0.0.1; 0 is a free one.
    pub async fn start_at(port: u16, acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (log, connections) = (Arc::<Log>::default(), Arc::<Mutex<usize>>::default());
        let mut acts: VecDeque<Act> = acts.into_iter().collect();
        let (all, count) = (Arc::clone(&log), Arc::clone(&connections));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *count.lock().unwrap() += 1;
                let act = if acts.len() > 1 { acts.pop_front() } else { acts.front().cloned() };
                tokio::spawn(play(stream, act.unwrap_or(Act::CloseAtOnce), Arc::clone(&all)));
            }
        });
        Self { address, log, connections, task }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every whole request so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.log.heard.lock().unwrap().clone()
    }

    /// How many connections came.
    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Does with one connection what `act` says.
pub(super) async fn play(mut stream: TcpStream, act: Act, log: Arc<Log>) {
    if matches!(act, Act::CloseAtOnce) {
        return;
    }
    if matches!(act, Act::ResetAfterHeaders) {
        read_head(&mut stream).await;
        stream.set_zero_linger().unwrap();
        return;
    }
    let Some(request) = read(&mut stream).await else { return };
    let scripted = if let Act::Answer(script) = &act { (script.0)(&request) } else { Vec::new() };
    log.heard.lock().unwrap().push(request);
    match act {
        Act::Answer(_) => drop(stream.write_all(&scripted).await),
        Act::CloseAtOnce | Act::ResetAfterHeaders | Act::CloseAfterRequest => {}
        Act::ResetAfterRequest => stream.set_zero_linger().unwrap(),
        Act::Stall => tokio::time::sleep(FOR_EVER).await,
        Act::Say(bytes) => drop(stream.write_all(&bytes).await),
        Act::SayAndReset(bytes) => {
            drop(stream.write_all(&bytes).await);
            stream.set_zero_linger().unwrap();
        }
        Act::SayAndStall(bytes) => {
            drop(stream.write_all(&bytes).await);
            tokio::time::sleep(FOR_EVER).await;
        }
        Act::Drip(bytes) => drip(&mut stream, &bytes, Duration::from_millis(1)).await,
        Act::Trickle(bytes) => drip(&mut stream, &bytes, Duration::from_secs(1)).await,
        Act::Endless(bytes) => {
            let more = vec![b'x'; 64 * 1024];
            drop(stream.write_all(&bytes).await);
            while let Ok(written) = stream.write(&more).await {
                log.endless.fetch_add(written, Ordering::Relaxed);
            }
        }
        Act::KeepAlive(bytes) => loop {
            if stream.write_all(&bytes).await.is_err() {
                return;
            }
            let Some(request) = read(&mut stream).await else { return };
            log.heard.lock().unwrap().push(request);
        },
    }
}

async fn drip(stream: &mut TcpStream, bytes: &[u8], pause: Duration) {
    for byte in bytes {
        if stream.write_all(&[*byte]).await.is_err() {
            return;
        }
        tokio::time::sleep(pause).await;
    }
}

/// Reads up to the empty line, and whatever came with it.
async fn read_head(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            return Some((String::from_utf8_lossy(&bytes).into_owned(), rest));
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

/// Reads one whole request; `None` when it broke off.
pub(super) async fn read(stream: &mut TcpStream) -> Option<Heard> {
    let (head, mut body) = read_head(stream).await?;
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|value| value.trim().to_owned()))
        .map_or(0, |value| value.parse().unwrap());
    while body.len() < length {
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => body.extend_from_slice(&chunk[..count]),
        }
    }
    Some(Heard { head, body })
}
