//! A real S3 server on a folder, with one bucket and one key, and a record of what reached it.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::host::MultiDomain;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::runtime::Runtime;

/// The one bucket.
pub const BUCKET: &str = "faces";

/// The public half of the one key.
pub const ACCESS_KEY_ID: &str = "AKTEST";

/// The secret half.
pub const SECRET: &str = "the-secret-access-key-of-the-tests";

/// The server. Ends with the value.
pub struct S3Server {
    /// `http://127.0.0.1:PORT`; everything sent there is recorded.
    pub endpoint: String,
    /// The same by a name whose first part may be a bucket: `http://s3.localhost:PORT`.
    pub named_endpoint: String,
    folder: tempfile::TempDir,
    recorded: Arc<Mutex<Vec<u8>>>,
    runtime: Option<Runtime>,
}

impl Drop for S3Server {
    fn drop(&mut self) {
        // Without waiting, since an async test may not wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl S3Server {
    /// Starts on a free port; also from an async test, hence on a thread of its own.
    pub fn start() -> Self {
        std::thread::spawn(Self::start_here).join().unwrap()
    }

    fn start_here() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let front = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = front.local_addr().unwrap().port();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let back = serve(&runtime, folder.path().to_owned(), port);
        let recorded = Arc::<Mutex<Vec<u8>>>::default();
        let record = Arc::clone(&recorded);
        std::thread::spawn(move || {
            for stream in front.incoming().flatten() {
                pass_on(stream, back, &record);
            }
        });
        Self {
            endpoint: format!("http://127.0.0.1:{port}"),
            named_endpoint: format!("http://s3.localhost:{port}"),
            folder,
            recorded,
            runtime: Some(runtime),
        }
    }

    /// The words of `hosts set NAME`.
    pub fn settings(&self) -> Vec<String> {
        let endpoint = format!("endpoint={}", self.endpoint);
        let (bucket, key) = (format!("bucket={BUCKET}"), format!("access_key_id={ACCESS_KEY_ID}"));
        vec!["s3".to_owned(), endpoint, "region=eu-central-1".to_owned(), bucket, key]
    }

    /// Names of all objects, folders and all.
    pub fn objects(&self) -> Vec<String> {
        let root = self.folder.path().join(BUCKET);
        let mut names = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    names.push(path.strip_prefix(&root).unwrap().to_string_lossy().into_owned());
                }
            }
        }
        names.sort();
        names
    }

    /// Takes an object away behind everybody's back.
    pub fn lose(&self, object: &str) {
        std::fs::remove_file(self.folder.path().join(BUCKET).join(object)).unwrap();
    }

    /// Every byte that was sent here, requests one after the other.
    pub fn recorded(&self) -> Vec<u8> {
        self.recorded.lock().unwrap().clone()
    }

    /// How many requests with this method came.
    pub fn count(&self, method: &str) -> usize {
        let (recorded, start) = (self.recorded(), format!("{method} /"));
        recorded.windows(start.len()).filter(|window| *window == start.as_bytes()).count()
    }
}

/// Serves the folder on a port of its own; `port` is the one that people see, and sign.
fn serve(runtime: &Runtime, root: PathBuf, port: u16) -> SocketAddr {
    let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY_ID, SECRET));
    builder.set_host(MultiDomain::new([format!("127.0.0.1:{port}"), format!("s3.localhost:{port}")]).unwrap());
    let service = builder.build();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                // A client that was killed in the middle is the point of some tests.
                drop(Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await);
            });
        }
    });
    address
}

/// Passes a connection on to the server, both ways, and records the way there.
fn pass_on(client: TcpStream, back: SocketAddr, record: &Arc<Mutex<Vec<u8>>>) {
    let Ok(server) = TcpStream::connect(back) else { return };
    let (answers_from, answers_to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let record = Arc::clone(record);
    std::thread::spawn(move || {
        copy(client, server, |bytes| record.lock().unwrap().extend_from_slice(bytes));
    });
    std::thread::spawn(move || copy(answers_from, answers_to, |_| {}));
}

fn copy(mut from: TcpStream, mut to: TcpStream, seen: impl Fn(&[u8])) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        seen(&buffer[..count]);
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    drop(to.shutdown(Shutdown::Write));
    drop(from.shutdown(Shutdown::Read));
}
