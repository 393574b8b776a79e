//! A bucket on a real S3 server, which refuses what AWS refuses.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};
use sticker_booth::hosting::{HostingError, Standing};
use sticker_booth::model::{Engine, PhotoHost, PhotoHostKind, S3Addressing, S3Bucket};

use super::world::{World, bucket_at, engine_here, photo, with_bucket};
use crate::support::raw_server::{Act, RawServer};
use crate::support::s3::{ACCESS_KEY_ID, BUCKET, S3Server, SECRET};

/// The status of one plain request, as a stranger sends it.
async fn status(method: &str, link: &str) -> (u16, Vec<u8>) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let rest = link.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    (status, answer.split_off(head))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_put_fetched_by_a_signed_link_and_deleted() {
    let server = S3Server::start();
    let world = with_bucket(&server);
    let photo = photo(200);
    let link = world.send(&photo, "mine").await.unwrap();
    assert_eq!(status("GET", &link).await, (200, photo.jpeg.clone()));

    let upload = world.upload().await;
    assert_eq!((upload.standing(world.clock.now()), upload.reencoded), (Standing::There, false));
    let [object] = &server.objects()[..] else { panic!("{:?}", server.objects()) };
    let name = object.strip_prefix("sticker-booth/").unwrap().strip_suffix(".jpg").unwrap();
    assert!(name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    assert!(upload.url.as_ref().unwrap().ends_with(object.as_str()), "{upload:?}");

    let deleted = world.hosts.delete(&upload.id).await.unwrap();
    assert_eq!(deleted.standing(world.clock.now()), Standing::Deleted);
    assert_eq!((server.objects().len(), status("GET", &link).await.0), (0, 404));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_serves_only_what_it_was_signed_for() {
    let server = S3Server::start();
    let world = with_bucket(&server);
    let link = world.send(&photo(1), "mine").await.unwrap();
    let (plain, query) = link.split_once('?').unwrap();
    let last = if link.ends_with('0') { "1" } else { "0" };
    let bucket = Bucket::new(server.endpoint.parse().unwrap(), UrlStyle::Path, BUCKET, "eu-central-1").unwrap();
    let credentials = Credentials::new(ACCESS_KEY_ID, SECRET);
    let object = server.objects().remove(0);
    let two_hours_ago = Timestamp::now() - SignedDuration::from_hours(2);
    let expired =
        bucket.get_object(Some(&credentials), &object).sign_with_time(Duration::from_hours(1), &two_hours_ago);
    for (method, link, expected) in [
        ("GET", link.clone(), 200),
        ("HEAD", link.clone(), 403),
        ("GET", plain.to_owned(), 403),
        ("GET", format!("{}{last}", &link[..link.len() - 1]), 403),
        ("GET", format!("{plain}x?{query}"), 403),
        ("GET", link.replace("X-Amz-Expires=3600", "X-Amz-Expires=7200"), 403),
        ("DELETE", link.clone(), 403),
        ("GET", expired.to_string(), 403),
    ] {
        assert_eq!(status(method, &link).await.0, expected, "{method} {link}");
    }
    assert_eq!(server.objects().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buckets_name_may_stand_in_the_host() {
    let server = S3Server::start();
    let PhotoHostKind::S3(bucket) = bucket_at(&server) else { panic!("a bucket") };
    let endpoint = server.named_endpoint.clone();
    let bucket = S3Bucket { endpoint, addressing: S3Addressing::VirtualHost, ..bucket };
    let world = World::new(vec![("mine", PhotoHostKind::S3(bucket))], SECRET);
    let link = world.send(&photo(3), "mine").await.unwrap();
    assert!(link.starts_with("http://faces.s3.localhost:"), "{link}");
    world.hosts.delete(&world.upload().await.id).await.unwrap();
    assert!(server.objects().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sending_serves_every_job_and_each_link_is_signed_anew() {
    let server = S3Server::start();
    let world = with_bucket(&server);
    let first = world.send(&photo(5), "mine").await.unwrap();
    world.pass(50);
    let expires_at = world.upload().await.expires_at.unwrap();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let second = world.send(&photo(5), "mine").await.unwrap();
    assert_ne!(first, second);
    assert_eq!((server.objects().len(), server.count("PUT")), (1, 1));
    assert_eq!(world.upload().await.expires_at.unwrap().duration_since(expires_at).as_mins(), 50);
    world.send(&photo(6), "mine").await.unwrap();
    assert_eq!(server.objects().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_jobs_at_once_share_one_sending() {
    let server = S3Server::start();
    let world = std::sync::Arc::new(with_bucket(&server));
    let jobs: Vec<_> = (0..6)
        .map(|_| {
            let world = std::sync::Arc::clone(&world);
            tokio::spawn(async move { world.send(&photo(7), "mine").await.unwrap() })
        })
        .collect();
    for job in jobs {
        job.await.unwrap();
    }
    assert_eq!((server.objects().len(), server.count("PUT")), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_somebody_deleted_there_is_noticed_and_sent_again() {
    let server = S3Server::start();
    let world = with_bucket(&server);
    world.send(&photo(8), "mine").await.unwrap();
    server.lose(&server.objects()[0]);
    let gone = world.send(&photo(8), "mine").await.unwrap_err();
    assert!(matches!(gone, HostingError::Gone { .. }) && gone.is_temporary(), "{gone}");
    world.send(&photo(8), "mine").await.unwrap();
    assert_eq!(server.objects().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_said_so_and_leaves_nothing() {
    let server = S3Server::start();
    let world = World::new(vec![("mine", bucket_at(&server))], "another secret");
    let error = world.send(&photo(9), "mine").await.unwrap_err();
    let sentence = error.to_string();
    assert!(
        sentence.contains("nothing was submitted or charged") && sentence.contains("secret access key"),
        "{sentence}"
    );
    assert!(!error.is_temporary() && !sentence.contains("another secret"));
    assert!(world.hosts.uploads().unwrap().is_empty() && server.objects().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_before_somebody_agreed() {
    let server = S3Server::start();
    let host = PhotoHost::new("mine", bucket_at(&server)).unwrap();
    let world = World::with(vec![host.clone()], SECRET);
    let error = world.send(&photo(1), "mine").await.unwrap_err();
    let HostingError::ConsentNeeded { host: name, disclosure } = error else { panic!("{error}") };
    assert_eq!((name.as_str(), *disclosure), ("mine", host.disclosure()));
    assert!(server.recorded().is_empty());
    world.hosts.set(vec![host.agreed()]);
    assert!(world.send(&photo(1), "mine").await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_on_this_computer_is_refused_for_a_service_elsewhere() {
    let server = S3Server::start();
    let world = with_bucket(&server);
    let engine = Engine::pixazo("https://gateway.pixazo.ai", false);
    let error = world.hosts.check(&engine, Some("mine")).unwrap_err();
    assert!(matches!(error, HostingError::Private { .. }) && error.to_string().contains("this computer"), "{error}");
    assert!(world.hosts.place(&photo(1), Some("mine"), &engine).await.is_err());
    assert!(server.recorded().is_empty() && world.hosts.uploads().unwrap().is_empty());
    assert!(world.hosts.check(&engine_here(), Some("mine")).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_leaves_nothing_behind_and_needs_no_consent() {
    let server = S3Server::start();
    let world = World::with(vec![PhotoHost::new("mine", bucket_at(&server)).unwrap()], SECRET);
    let tested = world.hosts.test("mine", photo(1).jpeg).await.unwrap();
    assert!(tested.deleted_at.is_some() && server.objects().is_empty());
    assert_eq!((server.count("PUT"), server.count("DELETE")), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_answers_nothing_leaves_a_row_by_which_the_photo_is_found_again() {
    let silent = RawServer::start([Act::CloseAfterRequest]).await;
    let server = S3Server::start();
    let PhotoHostKind::S3(bucket) = bucket_at(&server) else { panic!("a bucket") };
    let bucket = S3Bucket { endpoint: silent.base_url(), ..bucket };
    let world = World::new(vec![("mine", PhotoHostKind::S3(bucket))], SECRET);
    let error = world.send(&photo(1), "mine").await.unwrap_err();
    assert!(error.is_temporary(), "{error}");
    let upload = world.upload().await;
    assert_eq!((upload.standing(world.clock.now()), upload.can_delete()), (Standing::Unsure, true));
    let put = silent.heard().remove(0);
    assert!(put.head.starts_with("PUT /faces/sticker-booth/") && put.body == photo(1).jpeg, "{}", put.head);
    // Still silent when asked to delete: the row stays, with the reason.
    let error = world.hosts.delete(&upload.id).await.unwrap_err();
    assert!(matches!(error, HostingError::NotTakenBack { .. }), "{error}");
    let upload = world.upload().await;
    assert_eq!(upload.standing(world.clock.now()), Standing::Deleting);
    assert!(upload.problem.unwrap().contains("still at mine"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_named() {
    let body = b"<Error><Code>RequestTimeTooSkewed</Code><Message>m</Message></Error>";
    let date = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let late = RawServer::start([Act::answer(403, &[date, ("Connection", "close")], body)]).await;
    let server = S3Server::start();
    let PhotoHostKind::S3(bucket) = bucket_at(&server) else { panic!("a bucket") };
    let bucket = S3Bucket { endpoint: late.base_url(), ..bucket };
    let world = World::new(vec![("mine", PhotoHostKind::S3(bucket))], SECRET);
    let error = world.send(&photo(1), "mine").await.unwrap_err();
    assert!(matches!(error, HostingError::Clock { .. }) && error.to_string().contains("h ahead"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_signature_and_no_secret_is_in_any_file() {
    let server = S3Server::start();
    let world = with_bucket(&server);
    let link = world.send(&photo(4), "mine").await.unwrap();
    let signature = link.split("X-Amz-Signature=").nth(1).unwrap().to_owned();
    let mut files = 0;
    for entry in std::fs::read_dir(world.folder.path()).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        for secret in [signature.as_str(), SECRET] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{:?}", entry.path());
        }
        files += 1;
    }
    assert!(files > 0);
    drop(world.keys);
}
