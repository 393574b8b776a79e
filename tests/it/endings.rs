//! How commands end: every exit code, interruption, a kill in the middle, and the other subcommands.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::support::booth::{Booth, Ended, Served, sample};
use crate::support::files::linked_photo;

/// A service on loopback that gives every request the same treatment; counts the requests it has read whole.
struct Service {
    base: String,
    whole_requests: Arc<AtomicUsize>,
}

impl Service {
    fn start(treat: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let whole_requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&whole_requests);
        std::thread::Builder::new()
            .name("service".into())
            .spawn(move || {
                for stream in listener.incoming().filter_map(Result::ok) {
                    let mut stream = stream;
                    let request = read_request(&mut stream);
                    if request.is_empty() {
                        continue;
                    }
                    counter.fetch_add(1, Ordering::SeqCst);
                    treat(&request, &mut stream);
                }
            })
            .unwrap();
        Self { base, whole_requests }
    }

    fn answering(status: &'static str, body: &'static str) -> Self {
        Self::start(move |_, stream| answer(stream, status, body))
    }
}

fn answer(stream: &mut TcpStream, status: &str, body: &str) {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that went away is what some of these tests are about.
    drop(stream.write_all(format!("{head}{body}").as_bytes()));
}

/// Reads head and body of one request; empty when the client left before the end.
fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|n| n.trim().to_owned()))
                .and_then(|number| number.parse::<usize>().ok())
                .unwrap_or_default();
            if body.len() >= length {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&buffer[..read]),
            _ => return String::new(),
        }
    }
}

/// `make` of a link at this service, with a key.
fn make_at(booth: &Booth, base: &str, more: &[&str]) -> Ended {
    booth.run(["make", linked_photo(), "--engine", "pixazo", "--base-url", base, "--json"].iter().chain(more))
}

fn person_with_key() -> Booth {
    Booth::new().with_variable("PIXAZO_API_KEY", "a-key-for-tests")
}

#[test]
fn a_refused_request_ends_with_four_and_is_not_charged() {
    for (status, body, words) in [
        ("401 Unauthorized", r#"{"error":"Invalid or missing authentication"}"#, "authentication"),
        ("402 Payment Required", r#"{"error":"Insufficient balance"}"#, "balance"),
        ("400 Bad Request", r#"{"error":"Invalid request parameters","message":"width: too wide"}"#, "too wide"),
    ] {
        let service = Service::answering(status, body);
        let booth = person_with_key();
        let told = make_at(&booth, &service.base, &[]).ends_with(4).says(words).json();
        assert_eq!((told[0]["status"].as_str(), told[0]["cost_usd"].as_f64()), (Some("failed"), Some(0.0)), "{status}");
        assert_eq!(booth.jobs()[0]["charged"], "no");
        assert_eq!(service.whole_requests.load(Ordering::SeqCst), 1, "{status} was sent again");
    }
}

#[test]
fn without_a_key_the_hosted_service_is_not_even_asked() {
    let service = Service::answering("200 OK", "{}");
    let booth = Booth::new();
    make_at(&booth, &service.base, &[]).ends_with(4).says("key");
    assert_eq!(service.whole_requests.load(Ordering::SeqCst), 0);
}

#[test]
fn a_job_that_fails_at_the_service_ends_with_five() {
    let service = Service::start(|request, stream| {
        let submit = request.contains("/generate");
        let body = if submit {
            r#"{"success":true,"request_id":"r1","status":"starting"}"#
        } else {
            r#"{"success":true,"id":"r1","status":"failed","error":"The model ran out of memory"}"#
        };
        answer(stream, "200 OK", body);
    });
    let booth = person_with_key();
    make_at(&booth, &service.base, &[]).ends_with(5).says("out of memory");
    let job = &booth.jobs()[0];
    assert_eq!((job["status"].as_str(), job["request_id"].as_str()), (Some("failed"), Some("r1")));
}

#[test]
fn an_answer_in_doubt_is_told_as_it_came_with_its_money_and_where_it_is_kept() {
    for (status, body, words) in [
        (
            "500 Internal Server Error",
            r#"{"error":"An unexpected error occurred"}"#,
            "the service answered HTTP 500: “An unexpected error occurred”.",
        ),
        (
            "502 Bad Gateway",
            "<html>Bad gateway</html>",
            "the service answered HTTP 502 with a web page instead of an answer.",
        ),
        ("503 Service Unavailable", "", "the service answered HTTP 503 with an empty answer."),
        ("200 OK", "<html>Sign in</html>", "the service answered HTTP 200 with a web page instead of an answer."),
        ("200 OK", "{}", "the service answered HTTP 200 and gave the request no number."),
        ("409 Conflict", r#"{"message":"Duplicate"}"#, "the service answered HTTP 409: “Duplicate”."),
    ] {
        let service = Service::answering(status, body);
        let booth = person_with_key();
        let ended = make_at(&booth, &service.base, &[]).ends_with(6).says("It may have been charged $0.025.");
        assert!(ended.err.to_lowercase().contains(&words.to_lowercase()), "{status}: {}", ended.err);
        for untrue in ["No answer", "no answer", "HTTP 502: HTTP 502"] {
            assert!(!ended.err.contains(untrue), "{status}: {}", ended.err);
        }
        let id = booth.jobs()[0]["id"].as_str().unwrap()[..8].to_owned();
        if !body.is_empty() {
            assert!(ended.err.contains(&format!("sticker-booth jobs show {id}")), "{}", ended.err);
            booth.run(["jobs", "show", &id]).ends_with(0).says(body);
        }
    }
}

#[test]
fn every_end_of_a_paid_job_tells_what_became_of_the_money() {
    let refused = Service::answering("400 Bad Request", r#"{"error":"width: too wide"}"#);
    make_at(&person_with_key(), &refused.base, &[]).ends_with(4).says("width: too wide. Nothing was charged.");
    let failing = Service::start(|request, stream| {
        let submit = request.contains("/generate");
        let body = if submit { r#"{"request_id":"r1"}"# } else { r#"{"status":"failed","error":"Out of memory"}"# };
        answer(stream, "200 OK", body);
    });
    make_at(&person_with_key(), &failing.base, &[]).ends_with(5).says("Out of memory. It was charged $0.025.");
    let silent = Service::start(|_, _| {});
    make_at(&person_with_key(), &silent.base, &[])
        .ends_with(6)
        .says("no answer came")
        .says("It may have been charged $0.025.");
}

#[test]
fn an_answer_that_never_comes_ends_with_six_and_nothing_is_sent_again() {
    let service = Service::start(|_, _| {});
    let booth = person_with_key();
    let told = make_at(&booth, &service.base, &[]).ends_with(6).json();
    assert_eq!(told[0]["status"], "may_have_been_accepted");
    assert!(told[0]["cost_usd"].is_null());
    assert_eq!(booth.jobs()[0]["charged"], "unknown");

    booth.run(["jobs", "resume", "--pay", "--json"]);
    assert_eq!(service.whole_requests.load(Ordering::SeqCst), 1);
}

#[test]
fn no_connection_within_the_wait_ends_with_seven_and_keeps_the_job() {
    // A port that was free a moment ago: nobody listens there.
    let base = format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let booth = person_with_key();
    make_at(&booth, &base, &["--wait", "1s"]).ends_with(7);
    let job = &booth.jobs()[0];
    assert_eq!(job["charged"], "no");
    assert!(["queued", "held"].contains(&job["status"].as_str().unwrap()), "{job}");
}

#[test]
fn a_job_held_from_last_time_is_paid_for_only_with_pay() {
    // It takes nothing while the first command runs, and everything afterwards.
    let (takes, taken) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
    let picture = crate::support::files::serve("/result.png", std::fs::read(sample()).unwrap());
    let (may_take, count) = (Arc::clone(&takes), Arc::clone(&taken));
    let service = Service::start(move |request, stream| {
        if !may_take.load(Ordering::SeqCst) {
            return answer(stream, "429 Too Many Requests", r#"{"error":"Rate limit exceeded"}"#);
        }
        if request.contains("/generate") {
            count.fetch_add(1, Ordering::SeqCst);
            return answer(stream, "200 OK", r#"{"success":true,"request_id":"r1","status":"starting"}"#);
        }
        answer(stream, "200 OK", &format!(r#"{{"success":true,"status":"succeeded","output":["{picture}"]}}"#));
    });
    let booth = person_with_key();
    make_at(&booth, &service.base, &["--wait", "0s"]).ends_with(7);
    takes.store(true, Ordering::SeqCst);
    let taken = || taken.load(Ordering::SeqCst);
    let job = || booth.jobs().remove(0);
    let id = job()["id"].as_str().unwrap().to_owned();

    booth.run(["jobs", "resume"]).ends_with(0).says("--pay");
    assert_eq!((taken(), job()["status"].as_str(), job()["charged"].as_str()), (0, Some("held"), Some("no")));
    booth.run(["jobs", "resume", &id]).ends_with(7).says("It was never sent");
    assert_eq!((taken(), job()["status"].as_str()), (0, Some("held")));

    booth.run(["jobs", "resume", "--pay"]).ends_with(0);
    assert_eq!((taken(), job()["status"].as_str(), job()["charged"].as_str()), (1, Some("done"), Some("yes")));
    booth.run(["jobs", "resume", "--pay"]).ends_with(0);
    assert_eq!(taken(), 1);
}

/// Waits until a job of `booth` has come this far.
fn wait_for_status(booth: &Booth, wanted: &[&str]) {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let jobs = booth.jobs();
        let status = jobs.first().and_then(|job| job["status"].as_str()).unwrap_or_default().to_owned();
        if wanted.contains(&status.as_str()) {
            return;
        }
        assert!(Instant::now() < deadline, "still {status}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

#[cfg(unix)]
fn signal(child: &std::process::Child, signal: &str) {
    let status = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

/// A service that works on a job for as long as `released` is zero, and then points to a finished picture.
fn slow_service(released: &Arc<AtomicUsize>) -> Service {
    let released = Arc::clone(released);
    let picture = crate::support::files::serve("/result.png", std::fs::read(sample()).unwrap());
    Service::start(move |request, stream| {
        let body = if request.contains("/generate") {
            r#"{"success":true,"request_id":"slow","status":"starting"}"#.to_owned()
        } else if released.load(Ordering::SeqCst) == 0 {
            r#"{"success":true,"id":"slow","status":"processing"}"#.to_owned()
        } else {
            format!(r#"{{"success":true,"id":"slow","status":"succeeded","output":["{picture}"]}}"#)
        };
        answer(stream, "200 OK", &body);
    })
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_130_and_resume_fetches_what_was_paid_for() {
    let released = Arc::default();
    let service = slow_service(&released);
    let booth = person_with_key();
    let child = booth.start(["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base]);
    wait_for_status(&booth, &["accepted", "working"]);
    signal(&child, "-INT");
    assert_eq!(Ended::wait(child).code, Some(130));

    released.store(1, Ordering::SeqCst);
    booth.run(["jobs", "resume", "--json"]).ends_with(0);
    assert_eq!(booth.stickers().len(), 1);
    assert_eq!(booth.jobs()[0]["status"], "done");
}

#[cfg(unix)]
#[test]
fn a_kill_in_the_middle_loses_nothing_and_pays_once() {
    let released = Arc::default();
    let service = slow_service(&released);
    let submits = Arc::clone(&service.whole_requests);
    let booth = person_with_key();
    let mut child = booth.start(["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base]);
    wait_for_status(&booth, &["accepted", "working"]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(submits.load(Ordering::SeqCst) >= 1);

    released.store(1, Ordering::SeqCst);
    booth.run(["jobs", "resume", "--json"]).ends_with(0);
    booth.run(["jobs", "resume", "--json"]).ends_with(0);
    assert_eq!(booth.stickers().len(), 1);
    let charged: Vec<_> = booth.jobs().iter().map(|job| job["charged"].as_str().unwrap().to_owned()).collect();
    assert_eq!(charged, ["yes"]);
}

#[cfg(unix)]
#[test]
fn a_local_job_that_was_killed_is_back_in_line_and_ends_in_the_library() {
    let booth = Booth::new();
    let photo = sample();
    let mut child = booth.start(["make", photo.to_str().unwrap(), "--width", "1024", "--height", "1024"]);
    wait_for_status(&booth, &["hosting", "submitting", "accepted", "working"]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(booth.stickers().is_empty());

    booth.run(["jobs", "resume", "--json"]).ends_with(0);
    assert_eq!(booth.stickers().len(), 1);
}

#[test]
fn a_job_is_put_aside_by_the_beginning_of_its_id() {
    let booth = Booth::new();
    booth.run(["make", sample().to_str().unwrap(), "-o", "out.png", "--width", "256", "--height", "256"]).ends_with(0);
    let id = booth.jobs()[0]["id"].as_str().unwrap().to_owned();
    booth.run(["jobs", "forget", "zzz"]).ends_with(2).says("no job");
    booth.run(["jobs", "forget", &id[..8]]).ends_with(0).says("put aside");
    assert!(booth.jobs().is_empty());
    assert_eq!(booth.stickers().len(), 1);
}

#[test]
fn the_library_says_where_it_is() {
    let booth = Booth::new();
    let told = booth.run(["library", "path"]).ends_with(0).out;
    assert_eq!(std::path::Path::new(told.trim()), booth.path("data/library"));
}

#[test]
fn without_a_keychain_the_key_commands_say_so_and_the_variable_counts() {
    let booth = Booth::new();
    let told = booth.run(["key", "status", "--json"]).ends_with(0).json();
    assert_eq!(told[0]["state"], "no_keychain");
    let told = person_with_key().run(["key", "status", "--json"]).ends_with(0).json();
    assert_eq!(told[0]["state"], "environment");

    let mut child = booth
        .command(["key", "set"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"a-secret-key\n").unwrap();
    let ended = Ended::wait(child).ends_with(1).says("no keychain here");
    assert!(!format!("{ended:?}").contains("a-secret-key"));
}

#[test]
fn the_address_in_the_settings_says_where_a_sticker_is_made_and_whose_key_it_takes() {
    let service = Service::answering("400 Bad Request", r#"{"error":"It arrived"}"#);
    let with_settings = |booth: Booth, base: &str| {
        std::fs::create_dir_all(booth.path("data")).unwrap();
        booth.put("data/settings.json", serde_json::json!({ "version": 1, "base_url": base }).to_string().as_bytes());
        booth
    };
    let booth = with_settings(person_with_key(), &service.base);
    booth.run(["make", linked_photo(), "--engine", "pixazo"]).ends_with(4).says("It arrived");
    assert_eq!(service.whole_requests.load(Ordering::SeqCst), 1);

    let booth = with_settings(Booth::new(), "https://other.example/v1");
    assert_eq!(booth.run(["key", "status", "--json"]).ends_with(0).json()[0]["account"], "other.example");
    let findings = booth.run(["doctor", "--json"]).json();
    let key = findings.iter().find(|finding| finding["check"] == "Key").unwrap();
    assert!(key["detail"].as_str().unwrap().starts_with("other.example: "), "{key}");

    let booth = with_settings(Booth::new(), "no address");
    let findings = booth.run(["doctor", "--json"]).ends_with(1).json();
    assert!(findings.iter().any(|finding| finding["check"] == "Key" && finding["health"] == "broken"), "{findings:?}");
    booth.run(["make", linked_photo(), "--engine", "pixazo"]).ends_with(2);
}

#[test]
fn doctor_looks_at_everything_and_finds_the_engine_well() {
    let told = Booth::new().run(["doctor", "--json"]).ends_with(0).json();
    let health =
        |what: &str| told.iter().find(|line| line["check"] == what).unwrap()["health"].as_str().unwrap().to_owned();
    assert_eq!(health("Built-in engine"), "good");
    assert_eq!(health("Journal"), "good");
    assert_eq!(health("Display"), "note");
}

#[test]
fn serve_prints_an_address_and_a_key_that_work_and_refuses_others() {
    let booth = Booth::new();
    let served = Served::start(&booth, &[]);
    let person = Booth::new().with_variable("PIXAZO_API_KEY", "a-wrong-key");
    make_at(&person, &served.base, &[]).ends_with(4).says("authentication");
}

#[test]
fn help_shows_examples_and_every_parameter() {
    let booth = Booth::new();
    for words in [&["--help"][..], &["make", "--help"], &["serve", "--help"], &["jobs", "--help"], &["key", "--help"]] {
        booth.run(words).ends_with(0).says("Example");
    }
    let help = booth.run(["make", "--help"]).out;
    for spec in &sticker_booth::model::PARAMETERS[1..] {
        assert!(help.contains(&format!("--{}", spec.flag)), "{}", spec.flag);
    }
}
