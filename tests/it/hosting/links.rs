//! A link of the person's own is sent as it is, or hosted like a file when the service could not use it.

use image::imageops::rotate270;
use sticker_booth::picture::encode_jpeg;

use super::journey::{booth_with, make};
use crate::photos::compose::{exif, with_segment};
use crate::support::booth::{Booth, Served, sample};
use crate::support::files::{linked_photo, serve};
use crate::support::raw_server::{Act, RawServer};
use crate::support::s3::S3Server;

/// The words of `make` of a link without a host.
fn make_link<'a>(link: &'a str, served: &'a Served) -> Vec<&'a str> {
    make(link, served).into_iter().filter(|word| !["--host", "mine"].contains(word)).collect()
}

/// The sample portrait, stored on its side with a note how to turn it, as phones do.
fn lying_photo() -> Vec<u8> {
    let image = rotate270(&image::open(sample()).unwrap().to_rgb8());
    with_segment(&encode_jpeg(&image, 95).unwrap(), 0xe1, &exif(6, b""))
}

#[test]
fn a_link_that_the_service_can_use_goes_as_it_is() {
    let (server, elsewhere) = (S3Server::start(), Booth::new());
    let served = Served::start(&elsewhere, &[]);
    let booth = booth_with(&server, &served);
    booth.run(["hosts", "use", "mine"]).ends_with(0);
    booth.run(make(linked_photo(), &served)).ends_with(0);
    assert!(server.recorded().is_empty());
}

#[test]
fn a_link_to_a_photo_that_has_to_be_turned_is_hosted_like_a_file() {
    let (server, elsewhere) = (S3Server::start(), Booth::new());
    let served = Served::start(&elsewhere, &[]);
    let booth = booth_with(&server, &served);
    let link = serve("/lying.jpg", lying_photo());

    booth.run(make_link(&link, &served)).ends_with(2).says("not set up");
    booth.run(make(&link, &served)).ends_with(2).says("Nobody has agreed yet");
    assert!(server.recorded().is_empty() && booth.jobs().is_empty());

    booth.run(["hosts", "use", "mine"]).ends_with(0);
    booth.run(make(&link, &served)).ends_with(0);
    assert_eq!((server.count("PUT"), server.objects().len()), (1, 0));
    // One whose path does not end as the service wants it, too.
    let link = serve("/portrait", std::fs::read(sample()).unwrap());
    booth.run(make(&link, &served)).ends_with(0);
    assert_eq!((server.count("PUT"), server.objects().len()), (2, 0));
}

#[test]
fn a_link_to_a_picture_without_a_face_costs_nothing() {
    let elsewhere = Booth::new();
    let served = Served::start(&elsewhere, &[]);
    let booth = Booth::new().with_variable("PIXAZO_API_KEY", &served.key);
    let wall = encode_jpeg(&image::RgbImage::from_pixel(400, 400, image::Rgb([180, 160, 90])), 90).unwrap();
    booth.run(make_link(&serve("/wall.jpg", wall), &served)).ends_with(3).says("face");
    assert!(booth.jobs().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_died_since_it_was_looked_at_is_not_paid_for() {
    let picture = std::fs::read(sample()).unwrap();
    let space = RawServer::start([
        Act::answer(200, &[("Content-Type", "image/png")], &picture),
        Act::answer(200, &[("Content-Type", "text/html")], b"<p>The album is closed.</p>"),
    ])
    .await;
    let elsewhere = Booth::new();
    let served = Served::start(&elsewhere, &[]);
    let booth = Booth::new().with_variable("PIXAZO_API_KEY", &served.key);
    let link = format!("{}/me.png", space.base_url());
    let ended = booth.run(make_link(&link, &served)).ends_with(5);
    assert!(ended.err.contains("the link to the photo does not work"), "{}", ended.err);
    let jobs = booth.jobs();
    assert_eq!((jobs.len(), jobs[0]["charged"].as_str()), (1, Some("no")), "{jobs:?}");
}
