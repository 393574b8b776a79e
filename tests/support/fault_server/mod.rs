//! A hosted service that works, but for one fault at one place, once or several times in a row; counts what reached it whole.

pub mod faults;
mod listening;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;
use sticker_booth::api::Names;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::raw_server::{Heard, Log, play, read};
use faults::{Fault, Good};

/// Where a fault strikes. In a job that goes well each of these is a connection of its own, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The one POST.
    Submit,
    /// The first question.
    Poll,
    /// The first picture.
    Fetch,
}

impl Place {
    pub const ALL: [Self; 3] = [Self::Submit, Self::Poll, Self::Fetch];

    /// The number of its connection, counted from one.
    const fn connection(self) -> usize {
        match self {
            Self::Submit => 1,
            Self::Poll => 2,
            Self::Fetch => 3,
        }
    }
}

/// One fault at one place.
#[derive(Clone)]
pub struct Plan {
    pub place: Place,
    pub fault: Fault,
    /// How many connections in a row meet it, where it is one of a single connection.
    pub times: usize,
    /// What an answer with an echo repeats.
    pub key: &'static str,
    /// Where redirects lead.
    pub elsewhere: String,
    /// The two pictures of the finished job.
    pub pictures: [Vec<u8>; 2],
}

impl Plan {
    /// Is the connection with this number one that meets the fault?
    fn meets_the_fault(&self, number: usize) -> bool {
        let first = self.place.connection();
        (first..first + self.times).contains(&number)
    }

    fn is_tls_at(&self, place: Place) -> bool {
        self.fault == Fault::TlsAtPlainPort && self.place == place
    }
}

/// The running service.
pub struct FaultServer {
    address: SocketAddr,
    plan: Plan,
    log: Arc<Log>,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    healed: Notify,
    is_well: AtomicBool,
    names_fail: AtomicBool,
}

impl FaultServer {
    /// Starts on a free port of 127.0.0.1, on the runtime that this is called in.
    pub async fn start(plan: Plan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (log, shared) = (Arc::<Log>::default(), Arc::<Shared>::default());
        let accepting = Accepting { address, plan: plan.clone(), log: Arc::clone(&log), shared: Arc::clone(&shared) };
        // Until this is done a submit would find the service well.
        let listener =
            if plan.place == Place::Submit { accepting.strike(listener).await } else { Door::Open(listener) };
        let task = tokio::spawn(accepting.run(listener));
        Self { address, plan, log, shared, task }
    }

    /// Where jobs are sent.
    pub fn base_url(&self) -> String {
        let scheme = if self.plan.is_tls_at(Place::Submit) { "https" } else { "http" };
        format!("{scheme}://{}", self.authority())
    }

    /// Host and port, by name where it is the name that fails.
    pub fn authority(&self) -> String {
        authority(&self.plan.fault, self.address)
    }

    /// What answers questions for the names of this service.
    pub fn names(&self) -> Names {
        let shared = Arc::clone(&self.shared);
        Names::Given(Arc::new(move |host| {
            if shared.names_fail.load(Ordering::SeqCst) {
                return Err(std::io::Error::other(format!("{host} is not known")));
            }
            Ok(vec![[127, 0, 0, 1].into()])
        }))
    }

    /// Ends a fault that would last.
    pub fn heal(&self) {
        self.shared.names_fail.store(false, Ordering::SeqCst);
        self.shared.is_well.store(true, Ordering::SeqCst);
        self.shared.healed.notify_one();
    }

    /// Whole requests whose path ends so.
    pub fn count(&self, path: &str) -> usize {
        self.heard().iter().filter(|request| request.path().ends_with(path)).count()
    }

    /// Every whole request.
    pub fn heard(&self) -> Vec<Heard> {
        self.log.heard.lock().unwrap().clone()
    }

    /// Bytes of an endless answer that the client has taken, or that wait for it in the system.
    pub fn endless(&self) -> usize {
        self.log.endless.load(Ordering::SeqCst)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn authority(fault: &Fault, address: SocketAddr) -> String {
    if *fault == Fault::NoSuchName { format!("faults.localhost:{}", address.port()) } else { address.to_string() }
}

/// Where connections come in.
enum Door {
    Open(TcpListener),
    /// Nothing comes in until the service is healed.
    Shut(listening::Shut),
}

struct Accepting {
    address: SocketAddr,
    plan: Plan,
    log: Arc<Log>,
    shared: Arc<Shared>,
}

impl Accepting {
    async fn run(self, mut door: Door) {
        let mut number = 0;
        loop {
            let listener = match door {
                Door::Open(listener) => listener,
                Door::Shut(shut) => {
                    self.shared.healed.notified().await;
                    shut.open(self.address)
                }
            };
            let Ok((stream, _)) = listener.accept().await else { return };
            number += 1;
            // Before this connection is answered, so that the next one meets the fault.
            door = if number + 1 == self.plan.place.connection() {
                self.strike(listener).await
            } else {
                Door::Open(listener)
            };
            self.answer(stream, number);
        }
    }

    /// Lets a fault begin that is not one of a single connection.
    async fn strike(&self, listener: TcpListener) -> Door {
        match self.plan.fault {
            Fault::Refused => Door::Shut(listening::refusing(listener, self.address)),
            Fault::BlackHole => Door::Shut(listening::black_hole(listener, self.address).await),
            Fault::NoSuchName => {
                self.shared.names_fail.store(true, Ordering::SeqCst);
                Door::Open(listener)
            }
            Fault::TlsAtPlainPort | Fault::Answer(_) => Door::Open(listener),
        }
    }

    fn answer(&self, stream: TcpStream, number: usize) {
        match self.plan.fault {
            Fault::Answer(act) if self.plan.meets_the_fault(number) => {
                tokio::spawn(play(stream, act(&self.good(self.plan.place)), Arc::clone(&self.log)));
            }
            _ => {
                let good = Place::ALL.map(|place| self.good(place));
                let second = self.plan.pictures[1].clone();
                tokio::spawn(behave(stream, good, second, Arc::clone(&self.log)));
            }
        }
    }

    /// What a service in good health answers.
    fn good(&self, place: Place) -> Good {
        let (kind, body) = match place {
            Place::Submit => {
                let body = json!({ "success": true, "request_id": "request-1", "status": "starting" });
                ("application/json", body.to_string().into_bytes())
            }
            // Not finished before it is asked over TLS.
            Place::Poll if self.plan.is_tls_at(Place::Poll) && !self.shared.is_well.load(Ordering::SeqCst) => {
                ("application/json", json!({ "success": true, "status": "processing" }).to_string().into_bytes())
            }
            Place::Poll => {
                let authority = authority(&self.plan.fault, self.address);
                let scheme = if self.plan.is_tls_at(Place::Fetch) { "https" } else { "http" };
                let links = [
                    format!("{scheme}://{authority}/a.png?X-Amz-Signature=presigned"),
                    format!("http://{authority}/b.png?X-Amz-Signature=presigned"),
                ];
                let body = json!({ "success": true, "status": "succeeded", "output": links });
                ("application/json", body.to_string().into_bytes())
            }
            Place::Fetch => ("image/png", self.plan.pictures[0].clone()),
        };
        Good { kind, body, key: self.plan.key, elsewhere: self.plan.elsewhere.clone() }
    }
}

/// Answers one request as it should be.
async fn behave(mut stream: TcpStream, [submit, poll, first]: [Good; 3], second: Vec<u8>, log: Arc<Log>) {
    let mut hello = [0];
    if stream.peek(&mut hello).await.is_ok_and(|read| read == 1) && hello[0] == 0x16 {
        // A client that greets in TLS; this is what plain web servers say to it.
        drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await);
        return;
    }
    let Some(request) = read(&mut stream).await else { return };
    let good = match request.path() {
        path if path.ends_with("/generate") => submit,
        path if path.ends_with("/prediction") => poll,
        path if path.starts_with("/a.png") => first,
        _ => Good { body: second, ..first },
    };
    log.heard.lock().unwrap().push(request);
    drop(stream.write_all(&good.whole()).await);
}
