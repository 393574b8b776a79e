//! One window on a data folder: a second start asks the first to come to the front, and hands it its photos.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use thiserror::Error;

use super::{Clock, FileError, Folders, HeldLock, from_hex, hex, random_hex_128, read_file, write_private_atomically};

/// What the first window says when it has asked to be brought to the front.
const IN_FRONT: &str = "shown";

/// What it says when the display does not let it come there.
const WHERE_IT_WAS: &str = "stays";

/// How long a start may take to say where it listens, once it has the lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long to wait before asking once more.
const ASK_AGAIN: Duration = Duration::from_millis(50);

/// How long one question or answer may take.
const ONE_EXCHANGE: Duration = Duration::from_secs(3);

/// The longest line that is read of who may not know the token, in bytes: a token is 32.
const LONGEST_LINE: u64 = 64;

/// Words that are handed on at most; a window takes no more photos at once.
const MOST_WORDS: usize = 128;

/// The longest list of words that is read, in bytes: so many paths of the greatest length, two digits a byte.
const LONGEST_LIST: u64 = MOST_WORDS as u64 * 2 * 4096;

/// Why a window can neither be opened nor shown.
#[derive(Debug, Error)]
pub enum SingleWindowError {
    /// The other window does not answer.
    #[error(
        "a window is already open on this data folder, but it could not be brought to the front ({0}); \
         look for it on the desktop, or close it and start again"
    )]
    NoAnswer(String),
    /// The display lets no window come forward by itself.
    #[error(
        "a window is already open on this data folder, and this desktop does not let it come to the front by itself; \
         look for it on the desktop or in the task bar"
    )]
    StaysBehind,
    /// The place for the lock cannot be used.
    #[error("it could not be told whether a window is already open on this data folder: {0}")]
    Folder(#[from] FileError),
    /// No port could be opened on this computer.
    #[error("this window could not prepare to be found by a second start ({0})")]
    Port(io::Error),
}

/// What a start is, once it has looked for another window.
#[derive(Debug)]
pub enum Start {
    /// The first on this data folder: open a window.
    First(OnlyWindow),
    /// The second: the window of the first has been asked to come to the front.
    Second,
}

/// What became of the wish to see a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It has asked to be brought to the front.
    InFront,
    /// The display does not let it.
    WhereItWas,
}

/// The right to the one window of a data folder, until it is dropped.
#[derive(Debug)]
pub struct OnlyWindow {
    _lock: HeldLock,
    listener: TcpListener,
    token: String,
}

impl OnlyWindow {
    /// Takes the right to the window, or asks the window that has it to come to the front with these words.
    pub fn take(folders: &Folders, words: &[OsString]) -> Result<Start, SingleWindowError> {
        let Some(lock) = HeldLock::try_take(&folders.window_lock())? else {
            ask_to_show(folders, words)?;
            return Ok(Start::Second);
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(SingleWindowError::Port)?;
        let address = listener.local_addr().map_err(SingleWindowError::Port)?;
        let token = random_hex_128();
        // Other people of this computer reach the port as well, but cannot read the token.
        write_private_atomically(&folders.window_address(), format!("{address}\n{token}\n").as_bytes())?;
        Ok(Start::First(Self { _lock: lock, listener, token }))
    }

    /// Calls `show` on a thread of its own, with the words that were handed on, whenever a second start asks for the
    /// window.
    pub fn on_second_start(&self, show: impl Fn(Vec<OsString>) -> Shown + Send + 'static) -> io::Result<()> {
        let (listener, token) = (self.listener.try_clone()?, self.token.clone());
        let listen = move || {
            for stream in listener.incoming() {
                let answered = stream.and_then(|stream| answer(&stream, &token, &show));
                if let Err(error) = answered {
                    tracing::debug!(%error, "a question for the window was not answered");
                }
            }
        };
        std::thread::Builder::new().name("second start".into()).spawn(listen).map(drop)
    }
}

/// Answers one second start that knows the token.
fn answer(stream: &TcpStream, token: &str, show: impl Fn(Vec<OsString>) -> Shown) -> io::Result<()> {
    stream.set_read_timeout(Some(ONE_EXCHANGE))?;
    let mut reader = BufReader::new(stream);
    if read_line(&mut reader)? != token {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "a wrong token"));
    }
    let words = reader.take(LONGEST_LIST).lines().map(|line| line.map(|line| from_digits(&line)));
    let words = words.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect();
    write_line(
        stream,
        match show(words) {
            Shown::InFront => IN_FRONT,
            Shown::WhereItWas => WHERE_IT_WAS,
        },
    )
}

/// Asks the first window until it answers; it may only just be starting.
fn ask_to_show(folders: &Folders, words: &[OsString]) -> Result<(), SingleWindowError> {
    let began = Clock::real().instant();
    loop {
        match ask_once(folders, words) {
            Ok(Shown::InFront) => return Ok(()),
            Ok(Shown::WhereItWas) => return Err(SingleWindowError::StaysBehind),
            Err(reason) if began.elapsed() >= PATIENCE => return Err(SingleWindowError::NoAnswer(reason)),
            Err(_) => std::thread::sleep(ASK_AGAIN),
        }
    }
}

fn ask_once(folders: &Folders, words: &[OsString]) -> Result<Shown, String> {
    let bytes = read_file(&folders.window_address()).map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    let address = lines.next().and_then(|line| line.parse::<SocketAddr>().ok());
    let (Some(address), Some(token)) = (address, lines.next()) else {
        return Err("it has not said where it listens".to_owned());
    };
    let exchange = || {
        let stream = TcpStream::connect_timeout(&address, ONE_EXCHANGE)?;
        stream.set_read_timeout(Some(ONE_EXCHANGE))?;
        write_line(&stream, token)?;
        for word in words.iter().take(MOST_WORDS) {
            write_line(&stream, &to_digits(word))?;
        }
        // That was all.
        stream.shutdown(Shutdown::Write)?;
        read_line(&mut BufReader::new(&stream))
    };
    match exchange() {
        Ok(line) if line == IN_FRONT => Ok(Shown::InFront),
        Ok(line) if line == WHERE_IT_WAS => Ok(Shown::WhereItWas),
        Ok(_) => Err("something else listens in its place".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn read_line(reader: &mut BufReader<&TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    reader.by_ref().take(LONGEST_LINE).read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// A word as hexadecimal digits: a path may hold line breaks, and need not be Unicode.
fn to_digits(word: &OsStr) -> String {
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(word);
    #[cfg(not(unix))]
    let word = word.to_string_lossy();
    #[cfg(not(unix))]
    let bytes = word.as_bytes();
    hex(bytes)
}

/// The word that was written as these digits.
fn from_digits(digits: &str) -> Option<OsString> {
    let bytes = from_hex(digits)?;
    #[cfg(unix)]
    let word = std::os::unix::ffi::OsStringExt::from_vec(bytes);
    #[cfg(not(unix))]
    let word = String::from_utf8(bytes).ok()?.into();
    Some(word)
}

fn write_line(mut stream: &TcpStream, line: &str) -> io::Result<()> {
    stream.set_write_timeout(Some(ONE_EXCHANGE))?;
    stream.write_all(format!("{line}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{SyncSender, sync_channel};

    use super::*;

    fn folders() -> (tempfile::TempDir, Folders) {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::at(root.path());
        folders.create().unwrap();
        (root, folders)
    }

    fn first(folders: &Folders) -> OnlyWindow {
        match OnlyWindow::take(folders, &[]).unwrap() {
            Start::First(only) => only,
            Start::Second => panic!("there is a window already"),
        }
    }

    /// Takes note of the wish and says what became of it.
    fn showing(wishes: SyncSender<Vec<OsString>>, shown: Shown) -> impl Fn(Vec<OsString>) -> Shown + Send + 'static {
        move |words| {
            wishes.send(words).unwrap();
            shown
        }
    }

    #[test]
    fn a_second_start_has_the_first_window_shown() {
        let (_root, folders) = folders();
        let only = first(&folders);
        let (sender, shown) = sync_channel(1);
        only.on_second_start(showing(sender, Shown::InFront)).unwrap();
        assert!(matches!(OnlyWindow::take(&folders, &[]), Ok(Start::Second)));
        assert_eq!(shown.try_recv(), Ok(Vec::new()));
    }

    #[test]
    fn a_second_start_hands_its_words_on_as_they_are_and_no_more_than_a_window_takes() {
        let (_root, folders) = folders();
        let only = first(&folders);
        let (sender, shown) = sync_channel(2);
        only.on_second_start(showing(sender, Shown::InFront)).unwrap();
        let mut words: Vec<OsString> =
            ["/photos/é.jpg", "https://example.com/me.jpg", "/two\nlines.png", ""].map(OsString::from).to_vec();
        #[cfg(unix)]
        words.push(std::os::unix::ffi::OsStringExt::from_vec(b"/caf\xe9.jpg".to_vec()));
        assert!(matches!(OnlyWindow::take(&folders, &words), Ok(Start::Second)));
        assert_eq!(shown.try_recv(), Ok(words));
        let many = vec![OsString::from("/a/b.jpg"); 500];
        assert!(matches!(OnlyWindow::take(&folders, &many), Ok(Start::Second)));
        assert_eq!(shown.try_recv().unwrap().len(), MOST_WORDS);
    }

    #[test]
    fn a_second_start_says_so_where_no_window_may_come_forward() {
        let (_root, folders) = folders();
        let only = first(&folders);
        let (sender, shown) = sync_channel(1);
        only.on_second_start(showing(sender, Shown::WhereItWas)).unwrap();
        let error = OnlyWindow::take(&folders, &[]).unwrap_err();
        assert!(matches!(error, SingleWindowError::StaysBehind), "{error}");
        assert!(error.to_string().contains("look for it"), "{error}");
        assert_eq!(shown.try_recv(), Ok(Vec::new()));
    }

    #[test]
    fn who_does_not_know_the_token_shows_nothing() {
        let (_root, folders) = folders();
        let only = first(&folders);
        let (sender, shown) = sync_channel(1);
        only.on_second_start(showing(sender, Shown::InFront)).unwrap();
        let stream = TcpStream::connect(only.listener.local_addr().unwrap()).unwrap();
        write_line(&stream, "guessed").unwrap();
        assert_eq!(read_line(&mut BufReader::new(&stream)).unwrap_or_default(), "");
        assert!(shown.try_recv().is_err());
    }

    #[test]
    fn a_start_after_the_window_was_killed_is_the_first_again() {
        let (_root, folders) = folders();
        // The address outlives its window, the lock does not.
        drop(first(&folders));
        assert!(folders.window_address().exists());
        first(&folders);
    }

    #[cfg(unix)]
    #[test]
    fn the_token_is_for_this_person_only() {
        use std::os::unix::fs::PermissionsExt as _;

        let (_root, folders) = folders();
        let _only = first(&folders);
        let mode = folders.window_address().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
