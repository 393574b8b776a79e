//! imgbb, litterbox and custom uploaders, as their pages document what they say.

use serde_json::{Value as Json, json};
use sticker_booth::hosting::{HostingError, SharexError, Standing, read_sharex};
use sticker_booth::model::{Engine, PhotoHostKind};

use super::world::{World, engine_here, photo};
use crate::support::raw_server::{Act, RawServer};

/// A picture of the photo's size in other bytes, as a host that re-encodes gives it back.
fn remade() -> Vec<u8> {
    let image = image::RgbImage::from_pixel(64, 48, image::Rgb([200, 91, 61]));
    sticker_booth::picture::encode_jpeg(&image, 60).unwrap()
}

fn picture(bytes: &[u8]) -> Act {
    Act::answer(200, &[("Content-Type", "image/jpeg"), ("Connection", "close")], bytes)
}

fn text(status: u16, body: &str) -> Act {
    Act::answer(status, &[("Content-Type", "text/plain"), ("Connection", "close")], body.as_bytes())
}

/// A server whose own base stands in its answers, which are known only once it listens: they are given a fixed name.
async fn server(acts: impl FnOnce(&str) -> Vec<Act>) -> RawServer {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let acts = acts(&format!("http://127.0.0.1:{port}"));
    RawServer::start_at(port, acts).await
}

fn imgbb(server: &RawServer) -> World {
    let address = Some(format!("{}/1/upload", server.base_url()));
    World::new(vec![("pics", PhotoHostKind::Imgbb { address })], "imgbb-key-1")
}

fn litterbox(server: &RawServer) -> World {
    let address = Some(format!("{}/api.php", server.base_url()));
    World::new(vec![("pics", PhotoHostKind::Litterbox { address })], "")
}

#[tokio::test(flavor = "multi_thread")]
async fn imgbb_takes_a_photo_with_key_and_expiry_and_may_write_numbers_as_text() {
    for numbers in [json!({ "success": true, "status": 200 }), json!({ "success": "true", "status": "200" })] {
        let server = server(|base| {
            let mut answer = numbers.clone();
            answer["data"] = json!({
                "id": "2ndCYJK", "width": "64", "height": "48", "size": "42", "time": "1552042565", "expiration": "3600",
                "url": format!("{base}/w1/photo.jpg"), "display_url": format!("{base}/d.jpg"),
                "delete_url": "https://ibb.co/2ndCYJK/670a7e48ddcb85ac340c717a41047e5c",
            });
            vec![Act::json(200, &answer.to_string()), picture(&photo(1).jpeg)]
        })
        .await;
        let world = imgbb(&server);
        let link = world.send(&photo(1), "pics").await.unwrap();
        assert_eq!(link, format!("{}/w1/photo.jpg", server.base_url()));
        let heard = server.heard();
        let head = &heard[0].head;
        assert!(head.starts_with("POST /1/upload?key=imgbb-key-1&expiration=3600 "), "{head}");
        let body = String::from_utf8_lossy(&heard[0].body).into_owned();
        assert!(head.contains("multipart/form-data") && body.contains("name=\"image\"; filename=\""), "{body}");
        let upload = world.upload().await;
        assert!(upload.deletion_page().unwrap().starts_with("https://ibb.co/") && !upload.can_delete());
        assert_eq!(upload.standing(world.clock.now()), Standing::There);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn imgbbs_refusals_are_repeated_without_the_key() {
    let refusal = json!({ "status_code": 400, "error": { "message": "Invalid API v1 key: imgbb-key-1", "code": 100 } });
    for (act, temporary, words) in [
        (Act::json(400, &refusal.to_string()), false, "Invalid API v1 key: …"),
        (Act::json(200, "{\"success\":true,\"data\":{}}"), false, "did not take the photo"),
        (text(200, "<html>Sign in</html>"), false, "no link"),
        (text(503, "busy"), true, "HTTP 503"),
        (text(429, ""), true, "HTTP 429"),
    ] {
        let server = RawServer::start([act]).await;
        let world = imgbb(&server);
        let error = world.send(&photo(1), "pics").await.unwrap_err();
        assert!(error.to_string().contains(words) && error.is_temporary() == temporary, "{error}");
        assert!(!error.to_string().contains("imgbb-key-1"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn litterbox_answers_with_a_link_as_text_and_serves_for_an_hour() {
    let server = server(|base| {
        let link = || text(200, &format!("{base}/abc123.jpg\n"));
        vec![link(), picture(&remade()), picture(&remade()), link(), picture(&remade())]
    })
    .await;
    let world = litterbox(&server);
    let link = world.send(&photo(200), "pics").await.unwrap();
    assert_eq!(link, format!("{}/abc123.jpg", server.base_url()));
    let body = String::from_utf8_lossy(&server.heard()[0].body).into_owned();
    for part in ["name=\"reqtype\"\r\n\r\nfileupload\r\n", "name=\"time\"\r\n\r\n1h\r\n", "name=\"fileToUpload\""] {
        assert!(body.contains(part), "{part}: {body}");
    }
    assert!(world.upload().await.reencoded, "other bytes of the same size are said to be so");
    world.pass(30);
    assert_eq!(world.send(&photo(200), "pics").await.unwrap(), link);
    // Less than a quarter of an hour is left: the service might come too late.
    world.pass(20);
    world.send(&photo(200), "pics").await.unwrap();
    assert_eq!(world.hosts.uploads().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn litterbox_answers_that_are_no_https_link_are_errors() {
    for answer in
        ["No file uploaded!", "ftp://a.example/x.jpg", "http://a.example/x.jpg", "https://a b/", "javascript:x", ""]
    {
        let server = RawServer::start([text(200, answer)]).await;
        let error = litterbox(&server).send(&photo(1), "pics").await.unwrap_err();
        assert!(matches!(error, HostingError::Refused { .. }), "{answer}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_does_not_lead_to_the_photo_is_not_paid_for() {
    let small = sticker_booth::picture::encode_jpeg(&image::RgbImage::new(8, 8), 90).unwrap();
    for (name, act, words) in [
        ("x.jpg", text(200, "<html>"), "something else than a picture"),
        ("x.jpg", picture(&small), "another picture"),
        ("x.gif", picture(&photo(1).jpeg), ".jpg"),
        ("x.jpg", Act::answer(404, &[("Connection", "close")], b""), "no longer"),
    ] {
        let server = server(|base| vec![text(200, &format!("{base}/{name}")), act]).await;
        let error = litterbox(&server).send(&photo(1), "pics").await.unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_expires_by_itself_is_seen_to_be_gone() {
    let server = server(|base| {
        vec![
            text(200, &format!("{base}/abc.jpg")),
            picture(&photo(1).jpeg),
            picture(&photo(1).jpeg),
            Act::answer(404, &[("Connection", "close")], b"gone"),
        ]
    })
    .await;
    let world = litterbox(&server);
    world.send(&photo(1), "pics").await.unwrap();
    assert!(world.hosts.open_uploads().await.unwrap().is_empty(), "it may be there still");
    world.pass(70);
    let [upload] = &world.hosts.open_uploads().await.unwrap()[..] else { panic!("one") };
    let late = world.hosts.delete_unneeded(upload).await.unwrap_err();
    assert!(late.to_string().contains("goes when its time is over"), "{late}");
    world.hosts.delete_unneeded(upload).await.unwrap();
    assert_eq!(world.upload().await.standing(world.clock.now()), Standing::Deleted);
}

fn sharex(file: &Json) -> World {
    let file = file.to_string();
    let (site, _) = read_sharex(file.as_bytes()).unwrap();
    World::new(vec![("pics", PhotoHostKind::Sharex(site))], &file)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_uploader_with_a_form_and_a_json_answer_is_followed_and_takes_back() {
    let server = server(|base| {
        let answer = json!({ "files": [{ "url": format!("{base}/f/a.jpg"), "del": format!("{base}/del/77") }] });
        vec![
            Act::json(201, &answer.to_string()),
            picture(&photo(1).jpeg),
            text(200, "deleted"),
            Act::answer(404, &[("Connection", "close")], b""),
        ]
    })
    .await;
    let world = sharex(&json!({
        "Version": "15.0.0", "Name": "Form", "DestinationType": "ImageUploader, FileUploader",
        "RequestMethod": "POST", "RequestURL": format!("{}/upload", server.base_url()),
        "Parameters": { "v": "2" }, "Headers": { "Authorization": "tok-secret-1" },
        "Body": "MultipartFormData", "Arguments": { "album": "{random:a|a}" }, "FileFormName": "files[]",
        "URL": "{json:files[0].url}", "DeletionURL": "{json:files[0].del}",
    }));
    let link = world.send(&photo(1), "pics").await.unwrap();
    assert!(link.ends_with("/f/a.jpg"), "{link}");
    let heard = server.heard();
    assert!(heard[0].head.starts_with("POST /upload?v=2 "), "{}", heard[0].head);
    assert!(heard[0].head.to_ascii_lowercase().contains("authorization: tok-secret-1"), "{}", heard[0].head);
    let body = String::from_utf8_lossy(&heard[0].body).into_owned();
    assert!(body.contains("name=\"album\"\r\n\r\na\r\n") && body.contains("name=\"files[]\"; filename=\""), "{body}");

    let upload = world.upload().await;
    assert!(upload.can_delete());
    let deleted = world.hosts.delete(&upload.id).await.unwrap();
    assert_eq!(deleted.standing(world.clock.now()), Standing::Deleted);
    assert!(server.heard()[2].head.starts_with("GET /del/77 "), "{}", server.heard()[2].head);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_uploader_that_puts_bytes_and_answers_in_a_header_is_followed() {
    let server = server(|base| {
        let place = format!("{base}/b/x.jpg");
        vec![Act::answer(201, &[("X-Place", &place), ("Connection", "close")], b""), picture(&photo(1).jpeg)]
    })
    .await;
    let world = sharex(&json!({
        "Version": "14.1.0", "RequestMethod": "PUT", "RequestURL": format!("{}/put/{{filename}}", server.base_url()),
        "Headers": { "X-Key": "{base64:user:pass}" }, "Body": "Binary", "URL": "{header:X-Place}",
    }));
    let link = world.send(&photo(1), "pics").await.unwrap();
    assert!(link.ends_with("/b/x.jpg"), "{link}");
    let heard = server.heard();
    assert!(heard[0].head.starts_with("PUT /put/") && heard[0].head.contains(".jpg "), "{}", heard[0].head);
    assert!(heard[0].head.to_ascii_lowercase().contains("x-key: dxnlcjpwyxnz"), "{}", heard[0].head);
    assert_eq!(heard[0].body, photo(1).jpeg);
    assert!(!world.upload().await.can_delete());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_uploader_in_the_older_form_finds_its_link_by_a_pattern() {
    let server = server(|base| {
        let page = format!("<p>Done</p><a href='{base}/o/y.jpg'>link</a>");
        vec![text(200, &page), picture(&photo(1).jpeg)]
    })
    .await;
    let world = sharex(&json!({
        "Version": "12.4.1", "RequestType": "POST", "RequestURL": format!("{}/old", server.base_url()),
        "FileFormName": "file", "Arguments": { "name": "$filename$" }, "URL": "$regex:href='(.+?)'|1$",
    }));
    let link = world.send(&photo(1), "pics").await.unwrap();
    assert!(link.ends_with("/o/y.jpg"), "{link}");
    let body = String::from_utf8_lossy(&server.heard()[0].body).into_owned();
    assert!(body.contains("name=\"name\"\r\n\r\n") && body.contains(".jpg\r\n"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_uploaders_own_error_is_said_without_its_secrets() {
    let server =
        RawServer::start([Act::json(403, r#"{"error":{"text":"token tok-secret-1 is over its limit"}}"#)]).await;
    let world = sharex(&json!({
        "Version": "15.0.0", "RequestURL": format!("{}/upload", server.base_url()), "Body": "Binary",
        "Headers": { "Authorization": "tok-secret-1" }, "URL": "{json:url}", "ErrorMessage": "{json:error.text}",
    }));
    let error = world.send(&photo(1), "pics").await.unwrap_err().to_string();
    assert!(error.contains("token … is over its limit") && !error.contains("tok-secret-1"), "{error}");
    assert!(world.hosts.uploads().unwrap().is_empty(), "it is certain that nothing is there");
}

#[test]
fn an_uploader_with_a_list_of_patterns_is_refused_with_a_sentence() {
    let file = json!({ "RequestURL": "https://h/", "FileFormName": "f", "RegexList": ["a"], "URL": "$regex:1|1$" });
    let error = read_sharex(file.to_string().as_bytes()).unwrap_err();
    assert_eq!(error, SharexError::RegexList);
    assert!(error.to_string().contains("RegexList, which is not supported"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_photo_may_travel_inside_the_request() {
    let world = World::new(vec![("inline", PhotoHostKind::DataUri)], "");
    let engine = Engine::pixazo("https://gateway.pixazo.ai", false);
    assert!(world.hosts.check(&engine, Some("inline")).is_ok());
    let link = world.send(&photo(1), "inline").await.unwrap();
    assert!(link.starts_with("data:image/jpeg;base64,/9j/"), "{}", &link[..40]);
    assert!(world.hosts.uploads().unwrap().is_empty());
    assert!(world.hosts.check(&engine_here(), Some("nobody")).is_err());
}
