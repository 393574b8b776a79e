//! The words of `hosts …`, and the settings of a host as `key=value`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::arguments::json_flag;
use crate::model::{PhotoHostError, PhotoHostKind, S3Addressing, S3Bucket};

/// `hosts …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HostsAsked {
    /// List the hosts.
    List {
        /// As JSON?
        json: bool,
    },
    /// Set one up.
    Set {
        /// Its name.
        name: String,
        /// The word for its kind.
        kind: String,
        /// Its settings as they were written.
        settings: Vec<String>,
    },
    /// Agree to one and use it from now on; `none` uses none.
    Use {
        /// Its name.
        name: String,
    },
    /// Try one.
    Test {
        /// Its name.
        name: String,
    },
    /// Delete one.
    Delete {
        /// Its name.
        name: String,
    },
    /// List the photos at hosts, or delete one of them.
    Uploads {
        /// The upload to delete: its id, or the beginning of it.
        delete: Option<String>,
        /// As JSON?
        json: bool,
    },
}

/// What `hosts set` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NewHost {
    /// A host of this kind.
    Kind(PhotoHostKind),
    /// The custom uploader in this file.
    Sharex(PathBuf),
}

/// The settings of each kind, as they are named in a complaint.
const SETTINGS: [(&str, &str); 5] = [
    ("s3", "endpoint, region, bucket, access_key_id, prefix and addressing"),
    ("imgbb", "address"),
    ("litterbox", "address"),
    ("sxcu", "file"),
    ("data-uri", "none"),
];

/// The part of the command line about hosts.
pub(super) fn command() -> Command {
    let name = || Arg::new("name").value_name("NAME").required(true).help("The host's name");
    Command::new("hosts")
        .about("Says where photos of this computer go for the hosted service, and what lies there")
        .after_help(
            "Examples:\n  sticker-booth hosts set mine s3 endpoint=https://s3.eu-central-1.amazonaws.com region=eu-central-1 bucket=faces access_key_id=AK…\n  \
             sticker-booth hosts set box litterbox\n  sticker-booth hosts set pics sxcu file=pics.sxcu\n  sticker-booth hosts test mine\n  \
             sticker-booth hosts use mine\n  sticker-booth make me.jpg --engine pixazo --host mine\n  sticker-booth hosts uploads --delete 3f9a\n\n\
             `hosts use` prints who can see a photo there and for how long; using it is your consent, and `hosts use none` ends it.\n\
             A secret is asked for on the terminal, or taken from STICKER_BOOTH_HOST_SECRET, and kept in the keychain.",
        )
        .arg(json_flag())
        .subcommand(Command::new("list").about("Lists the hosts").arg(json_flag()))
        .subcommand(
            Command::new("set")
                .about("Sets a host up: s3, imgbb, litterbox, sxcu or data-uri")
                .arg(name())
                .arg(
                    Arg::new("kind")
                        .value_name("KIND")
                        .required(true)
                        .value_parser(SETTINGS.map(|(kind, _)| kind))
                        .help("What it is"),
                )
                .arg(
                    Arg::new("settings")
                        .value_name("KEY=VALUE")
                        .num_args(0..)
                        .help("s3: endpoint= region= bucket= access_key_id= [prefix=] [addressing=path|virtual-host]; sxcu: file="),
                ),
        )
        .subcommand(
            Command::new("use").about("Says who sees photos there, and uses it from now on; none uses none").arg(name()),
        )
        .subcommand(Command::new("test").about("Sends a drawn picture, fetches it and deletes it").arg(name()))
        .subcommand(Command::new("delete").about("Deletes a host and its secret").arg(name()))
        .subcommand(
            Command::new("uploads")
                .about("Lists the photos at hosts, or deletes one there")
                .arg(json_flag())
                .arg(
                    Arg::new("delete")
                        .long("delete")
                        .value_name("ID")
                        .action(ArgAction::Set)
                        .help("Delete this one now: its id, or the beginning of it"),
                ),
        )
}

/// What the words ask for.
pub(super) fn asked(matches: &ArgMatches) -> HostsAsked {
    let word = |sub: &ArgMatches, name: &str| sub.get_one::<String>(name).cloned().unwrap_or_default();
    match matches.subcommand() {
        Some(("set", sub)) => HostsAsked::Set {
            name: word(sub, "name"),
            kind: word(sub, "kind"),
            settings: sub.get_many::<String>("settings").into_iter().flatten().cloned().collect(),
        },
        Some(("use", sub)) => HostsAsked::Use { name: word(sub, "name") },
        Some(("test", sub)) => HostsAsked::Test { name: word(sub, "name") },
        Some(("delete", sub)) => HostsAsked::Delete { name: word(sub, "name") },
        Some(("uploads", sub)) => HostsAsked::Uploads {
            delete: sub.get_one::<String>("delete").cloned(),
            json: matches.get_flag("json") || sub.get_flag("json"),
        },
        other => {
            HostsAsked::List { json: matches.get_flag("json") || other.is_some_and(|(_, sub)| sub.get_flag("json")) }
        }
    }
}

/// The host of this kind with these settings.
pub(super) fn new_host(kind: &str, settings: &[String]) -> Result<NewHost, PhotoHostError> {
    let known = SETTINGS.iter().find(|(word, _)| *word == kind).map_or("none", |(_, settings)| *settings);
    let mut given = Vec::new();
    for setting in settings {
        let (key, value) = setting.split_once('=').unwrap_or((setting.as_str(), ""));
        given.push((key.trim().to_owned(), value.trim().to_owned()));
    }
    let mut take = |key: &str| {
        let index = given.iter().rposition(|(own, _)| own == key)?;
        Some(given.remove(index).1).filter(|value| !value.is_empty())
    };
    let host = match kind {
        "s3" => {
            let mut needed = |key: &'static str| take(key).ok_or(PhotoHostError::Missing(key));
            let (endpoint, region) = (needed("endpoint")?, needed("region")?);
            let (bucket, access_key_id) = (needed("bucket")?, needed("access_key_id")?);
            let addressing = match take("addressing").as_deref() {
                None | Some("path") => S3Addressing::Path,
                Some("virtual-host") => S3Addressing::VirtualHost,
                Some(other) => {
                    let sentence = format!("{other} is neither path nor virtual-host; write one of these");
                    return Err(PhotoHostError::Wrong("addressing", sentence));
                }
            };
            let prefix = take("prefix").unwrap_or_default();
            let bucket = S3Bucket { endpoint, region, bucket, prefix, access_key_id, addressing };
            NewHost::Kind(PhotoHostKind::S3(bucket))
        }
        "imgbb" => NewHost::Kind(PhotoHostKind::Imgbb { address: take("address") }),
        "litterbox" => NewHost::Kind(PhotoHostKind::Litterbox { address: take("address") }),
        "sxcu" => NewHost::Sharex(take("file").ok_or(PhotoHostError::Missing("file"))?.into()),
        _ => NewHost::Kind(PhotoHostKind::DataUri),
    };
    match given.into_iter().next() {
        Some((key, _)) => Err(PhotoHostError::Unknown(key, known)),
        None => Ok(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(kind: &str, words: &str) -> Result<NewHost, PhotoHostError> {
        new_host(kind, &words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_bucket_is_described_by_key_and_value() {
        let words = "endpoint=https://h/?a=b region=eu bucket=faces access_key_id=AK addressing=virtual-host";
        let NewHost::Kind(PhotoHostKind::S3(bucket)) = new("s3", words).unwrap() else { panic!("a bucket") };
        assert_eq!((bucket.endpoint.as_str(), bucket.prefix.as_str()), ("https://h/?a=b", ""));
        assert_eq!(bucket.addressing, S3Addressing::VirtualHost);
    }

    #[test]
    fn what_is_missing_or_too_much_is_named() {
        assert_eq!(new("s3", "endpoint=https://h region=eu bucket="), Err(PhotoHostError::Missing("bucket")));
        assert_eq!(new("sxcu", ""), Err(PhotoHostError::Missing("file")));
        let error = new("litterbox", "key=1").unwrap_err().to_string();
        assert!(error.contains("no setting key; it has address"), "{error}");
        assert_eq!(new("data-uri", ""), Ok(NewHost::Kind(PhotoHostKind::DataUri)));
    }
}
