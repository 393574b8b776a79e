//! Ctrl+C while an answer is out: the first one waits for it, the second one gives up on it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{ChildStderr, Command};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use crate::support::booth::{Booth, Running};
use crate::support::files::linked_photo;

/// Longer than a command ever waits for an answer.
const PATIENCE: Duration = Duration::from_secs(90);

/// A service that hears one submit and answers it when the test says so.
struct Service {
    base: String,
    heard: Receiver<()>,
    answer: SyncSender<()>,
}

impl Service {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let ((heard_by, heard), (answer, answers)) = (sync_channel(1), sync_channel(1));
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                read_request(&mut stream);
                heard_by.send(()).unwrap_or_default();
                if answers.recv().is_err() {
                    return;
                }
                let body = r#"{"success":true,"request_id":"r1","status":"starting"}"#;
                let head =
                    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}", body.len());
                stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n{body}").as_bytes()).unwrap_or_default();
            }
        });
        Self { base, heard, answer }
    }

    fn hears_a_request(&self) -> bool {
        self.heard.recv_timeout(PATIENCE).is_ok()
    }
}

fn read_request(stream: &mut TcpStream) {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or_default() == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap_or_default();
}

/// A `make` whose one request was heard, and what it says.
struct Making {
    child: Running,
    said: BufReader<ChildStderr>,
}

impl Making {
    /// Three stickers, so that there is something that must not be begun any more.
    fn start(booth: &Booth, service: &Service) -> Self {
        Self::start_with(booth, service, &["--count", "3"])
    }

    fn start_with(booth: &Booth, service: &Service, more: &[&str]) -> Self {
        let words = ["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base];
        let mut child = booth.start([&words[..], more].concat());
        assert!(service.hears_a_request());
        let said = BufReader::new(child.stderr.take().unwrap());
        Self { child, said }
    }

    fn press_ctrl_c(&self) {
        let status = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// Waits until it has said this.
    fn says(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert!(self.said.read_line(&mut line).unwrap() > 0, "it ended without a word of {words}");
        }
    }

    /// Waits for the end, and tells code and time.
    fn ends(mut self) -> (Option<i32>, Duration) {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status.code(), start.elapsed());
            }
            if start.elapsed() > PATIENCE {
                self.child.kill().unwrap();
                panic!("it waits for longer than a minute");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn person() -> Booth {
    Booth::new().with_variable("PIXAZO_API_KEY", "a-key-for-tests")
}

/// Statuses of the jobs, sorted.
fn statuses(booth: &Booth) -> Vec<String> {
    let mut all: Vec<String> = booth.jobs().iter().map(|job| job["status"].as_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

#[test]
fn the_first_ctrl_c_waits_for_the_answer_keeps_its_id_and_begins_nothing_more() {
    let (booth, service) = (person(), Service::start());
    let mut making = Making::start(&booth, &service);
    making.press_ctrl_c();
    making.says("Waiting for the answer");
    assert!(making.child.try_wait().unwrap().is_none());
    service.answer.send(()).unwrap();
    // A second sticker may have been on its way at the same time: its answer is waited for as well.
    let mut heard = 1;
    while service.heard.try_recv().is_ok() || service.heard.recv_timeout(Duration::from_millis(500)).is_ok() {
        heard += 1;
        service.answer.send(()).unwrap();
    }
    assert!(heard <= 2, "{heard} were sent, and a third one after Ctrl+C");
    assert_eq!(making.ends().0, Some(130));
    let mut expected = vec!["accepted"; heard];
    expected.extend(vec!["held"; 3 - heard]);
    assert_eq!(statuses(&booth), expected);
}

#[test]
fn the_second_ctrl_c_gives_up_and_says_that_it_may_have_been_accepted() {
    let (booth, service) = (person(), Service::start());
    let mut making = Making::start(&booth, &service);
    making.press_ctrl_c();
    making.says("Ctrl+C again gives up");
    making.press_ctrl_c();
    let (code, took) = making.ends();
    assert_eq!(code, Some(130));
    assert!(took < Duration::from_secs(40), "it waited for the answer all the same: {took:?}");
    let statuses = statuses(&booth);
    assert!(statuses.contains(&"may_have_been_accepted".to_owned()), "{statuses:?}");
    assert!(
        !statuses.iter().any(|status| ["submitting", "queued", "accepted"].contains(&status.as_str())),
        "{statuses:?}"
    );
}

/// How long the next commands wait before they end: long enough for one to send its request on a busy machine.
const A_WHILE: [&str; 2] = ["--wait", "10s"];

#[test]
fn when_the_time_to_wait_is_over_the_answer_is_waited_for_all_the_same() {
    let (booth, service) = (person(), Service::start());
    let mut making = Making::start_with(&booth, &service, &A_WHILE);
    making.says("Waiting for the answer to what was just sent. Ctrl+C gives up on it.");
    assert!(making.child.try_wait().unwrap().is_none());
    service.answer.send(()).unwrap();
    // Its job is told as it stands after the answer.
    making.says("It is kept");
    assert_eq!(making.ends().0, Some(7));
    assert_eq!(statuses(&booth), ["accepted"]);
}

#[test]
fn ctrl_c_when_the_time_to_wait_is_over_gives_up_as_was_said() {
    let (booth, service) = (person(), Service::start());
    let mut making = Making::start_with(&booth, &service, &A_WHILE);
    making.says("Ctrl+C gives up on it");
    making.press_ctrl_c();
    making.says("Making it again may cost another $0.025");
    let (code, took) = making.ends();
    assert_eq!(code, Some(6));
    assert!(took < Duration::from_secs(40), "it waited for the answer all the same: {took:?}");
    assert_eq!(statuses(&booth), ["may_have_been_accepted"]);
}
