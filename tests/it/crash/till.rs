//! A gateway with a counting layer in front: what was asked whole, accepted and handed out; and who wants to know is
//! told when a request or an answer passes.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, RwLock};

use secrecy::SecretString;
use serde_json::Value;
use sticker_booth::gateway::{Gateway, GatewayOptions};
use tokio::runtime::Runtime;

use crate::support::fake_engine::FakeEngine;

/// The key that the gateway wants.
pub(super) const KEY: &str = "a-key-for-tests";

/// Which call of the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Submit,
    Ask,
    Fetch,
}

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// Its head has come.
    Begun,
    /// It has come whole.
    Heard,
    /// The gateway has answered, and nothing was passed on yet.
    Decided,
    /// Half of the answer was passed on.
    HalfSaid,
    /// The whole answer was.
    Said,
}

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    /// Seed and id of each accepted request; the seed tells whose it is.
    pub(super) accepted: Vec<(u64, String)>,
    /// Ids of which a whole picture was handed out.
    pub(super) handed_out: BTreeSet<String>,
}

type Watcher = dyn Fn(Call, Point) + Send + Sync;

/// The gateway and its counting layer, until they are dropped.
pub(super) struct Till {
    /// Where clients go.
    pub(super) base: String,
    layer: Arc<Layer>,
    // The gateway goes before the runtime that it runs on.
    _gateway: Gateway,
    _runtime: Runtime,
}

struct Layer {
    base: String,
    gateway: String,
    counted: Mutex<Counted>,
    watcher: RwLock<Option<Box<Watcher>>>,
}

impl Till {
    pub(super) fn open(engine: FakeEngine) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let options = GatewayOptions {
            key: SecretString::from(KEY),
            embedded: false,
            ..GatewayOptions::embedded(Arc::new(engine))
        };
        let gateway = Gateway::start(options, runtime.handle()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let layer = Arc::new(Layer {
            base: format!("http://{}", listener.local_addr().unwrap()),
            gateway: gateway.base_url(),
            counted: Mutex::default(),
            watcher: RwLock::default(),
        });
        let serving = Arc::clone(&layer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let layer = Arc::clone(&serving);
                std::thread::spawn(move || layer.serve(stream));
            }
        });
        Self { base: layer.base.clone(), layer, _gateway: gateway, _runtime: runtime }
    }

    /// From now on `watcher` is told of everything that passes, before it goes on.
    pub(super) fn watch(&self, watcher: impl Fn(Call, Point) + Send + Sync + 'static) {
        *self.layer.watcher.write().unwrap() = Some(Box::new(watcher));
    }

    /// What was counted so far.
    pub(super) fn counted(&self) -> Counted {
        self.layer.counted.lock().unwrap().clone()
    }
}

impl Layer {
    /// Serves one request. A client that dies in the middle does not keep its whole request from being served.
    fn serve(&self, mut client: TcpStream) {
        let Some((call, head, body)) = self.hear(&mut client) else { return };
        self.pass(call, Point::Heard);
        let Some((answer_head, answer)) = self.ask_the_gateway(&head, &body) else { return };
        self.count(call, &head, &body, &answer_head, &answer);
        self.pass(call, Point::Decided);
        let answer = [answer_head.as_bytes(), &answer].concat();
        let (first, second) = answer.split_at(answer.len() / 2);
        if client.write_all(first).is_err() {
            return;
        }
        self.pass(call, Point::HalfSaid);
        if client.write_all(second).is_ok() {
            self.pass(call, Point::Said);
        }
    }

    fn hear(&self, client: &mut TcpStream) -> Option<(Call, String, Vec<u8>)> {
        let (head, mut body) = read_head(client)?;
        let call = match head.split(' ').nth(1)? {
            path if path.ends_with("/generate") => Call::Submit,
            path if path.ends_with("/prediction") => Call::Ask,
            _ => Call::Fetch,
        };
        self.pass(call, Point::Begun);
        let mut rest = vec![0; length_of(&head).saturating_sub(body.len())];
        client.read_exact(&mut rest).ok()?;
        body.extend(rest);
        Some((call, head, body))
    }

    fn ask_the_gateway(&self, head: &str, body: &[u8]) -> Option<(String, Vec<u8>)> {
        let mut gateway = TcpStream::connect(self.gateway.strip_prefix("http://")?).ok()?;
        let (first, rest) = head.split_once("\r\n")?;
        let head = format!("{first}\r\nConnection: close\r\n{}", without(rest, "connection"));
        gateway.write_all(&[head.as_bytes(), body].concat()).ok()?;
        let (head, mut answer) = read_head(&mut gateway)?;
        gateway.read_to_end(&mut answer).ok()?;
        // Pictures are fetched through this layer too.
        if let Ok(text) = std::str::from_utf8(&answer) {
            answer = text.replace(&self.gateway, &self.base).into_bytes();
        }
        let (first, rest) = head.split_once("\r\n")?;
        let rest = without(&without(rest, "content-length"), "connection");
        Some((format!("{first}\r\nContent-Length: {}\r\nConnection: close\r\n{rest}", answer.len()), answer))
    }

    fn count(&self, call: Call, head: &str, body: &[u8], answer_head: &str, answer: &[u8]) {
        if !answer_head.starts_with("HTTP/1.1 200") {
            return;
        }
        let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
        let mut counted = self.counted.lock().unwrap();
        match call {
            Call::Submit => {
                let seed = json(body)["seed"].as_u64().unwrap();
                let id = json(answer)["request_id"].as_str().unwrap().to_owned();
                counted.accepted.push((seed, id));
            }
            Call::Ask => {}
            Call::Fetch => {
                let name = head.split(' ').nth(1).and_then(|path| path.rsplit('/').next()).unwrap();
                counted.handed_out.extend(name.split("_output_").next().map(str::to_owned));
            }
        }
    }

    fn pass(&self, call: Call, point: Point) {
        if let Some(watcher) = &*self.watcher.read().unwrap() {
            watcher(call, point);
        }
    }
}

/// Reads up to the empty line, and whatever came with it.
fn read_head(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 2048];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            return Some((String::from_utf8(bytes).ok()?, rest));
        }
        match stream.read(&mut chunk) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&chunk[..read]),
            _ => return None,
        }
    }
}

fn length_of(head: &str) -> usize {
    let value =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned));
    value.and_then(|value| value.trim().parse().ok()).unwrap_or(0)
}

/// The lines of a head without those of one name.
fn without(head: &str, name: &str) -> String {
    let is_other = |line: &&str| !line.to_ascii_lowercase().starts_with(&format!("{name}:"));
    head.split_inclusive("\r\n").filter(is_other).collect()
}
