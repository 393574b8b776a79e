//! When to kill: at a step that is seen from outside, or at any moment.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use super::till::{Call, Point, Till};

/// The longest that a process lives before it is killed.
const LONGEST: Duration = Duration::from_secs(3);

/// How often to look at files and at the clock.
const LOOK_AGAIN: Duration = Duration::from_micros(300);

/// A moment in the life of a process.
#[derive(Clone, Copy, Debug)]
pub(super) enum Moment {
    /// When a call is this far, for the n-th time.
    At(Call, Point, usize),
    /// When the journal was written for the n-th time.
    JournalWritten(usize),
    /// When the files in the library changed for the n-th time.
    LibraryChanged(usize),
    /// After this long.
    After(Duration),
}

/// Dice that fall the same way for the same seed.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// A number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

impl Moment {
    /// Any: half of them are steps of the wire, the others lie around the disk or anywhere.
    pub(super) fn any(dice: &mut Dice) -> Self {
        match dice.below(10) {
            0..5 => {
                let call = dice.one_of(&[Call::Submit, Call::Submit, Call::Ask, Call::Fetch]);
                let point = dice.one_of(&[Point::Begun, Point::Heard, Point::Decided, Point::HalfSaid, Point::Said]);
                Self::At(call, point, 1 + dice.below(3) as usize)
            }
            5..7 => Self::JournalWritten(1 + dice.below(16) as usize),
            7..9 => Self::LibraryChanged(1 + dice.below(6) as usize),
            _ => Self::After(Duration::from_millis(dice.below(1500))),
        }
    }
}

/// Processes that die together.
#[derive(Clone)]
pub(super) struct Victims(Arc<Mutex<Vec<Child>>>);

impl Victims {
    pub(super) fn new(processes: Vec<Child>) -> Self {
        Self(Arc::new(Mutex::new(processes)))
    }

    fn kill(&self) {
        for process in self.0.lock().unwrap().iter_mut() {
            // One that has ended by itself is no longer there to be killed.
            drop(process.kill());
        }
    }

    /// Have all ended? How many of them by a kill?
    fn ended(&self) -> Option<usize> {
        let mut processes = self.0.lock().unwrap();
        let ended: Option<Vec<_>> = processes.iter_mut().map(|process| process.try_wait().unwrap()).collect();
        Some(ended?.iter().filter(|status| status.signal() == Some(9)).count())
    }
}

/// Kills at the moment, or after three seconds, and tells how many were alive until then.
pub(super) fn kill_at(moment: Moment, victims: &Victims, till: &Till, data: &Path) -> usize {
    let born = Instant::now();
    if let Moment::At(call, point, times) = moment {
        let (victims, left) = (victims.clone(), Mutex::new(times));
        till.watch(move |call_now, point_now| {
            if (call_now, point_now) == (call, point) {
                let mut left = left.lock().unwrap();
                *left = left.saturating_sub(1);
                if *left == 0 {
                    victims.kill();
                }
            }
        });
    }
    let mut looked = Looked::new(moment, data);
    let killed = loop {
        if let Some(killed) = victims.ended() {
            break killed;
        }
        if looked.is_due(born) || born.elapsed() >= LONGEST {
            victims.kill();
        }
        std::thread::sleep(LOOK_AGAIN);
    };
    till.watch(|_, _| {});
    killed
}

/// What was seen of the files so far.
struct Looked {
    moment: Moment,
    place: PathBuf,
    seen: Vec<(PathBuf, u64, Option<SystemTime>)>,
    changes: usize,
}

impl Looked {
    fn new(moment: Moment, data: &Path) -> Self {
        let place = match moment {
            Moment::LibraryChanged(_) => data.join("library"),
            _ => data.join("journal.sqlite-wal"),
        };
        let mut looked = Self { moment, place, seen: Vec::new(), changes: 0 };
        looked.seen = looked.look();
        looked
    }

    fn look(&self) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
        let mut paths: Vec<PathBuf> = match fs::read_dir(&self.place) {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
            Err(_) => vec![self.place.clone()],
        };
        paths.sort();
        let with_facts = |path: PathBuf| {
            let facts = fs::metadata(&path).ok()?;
            Some((path, facts.len(), facts.modified().ok()))
        };
        paths.into_iter().filter_map(with_facts).collect()
    }

    fn is_due(&mut self, born: Instant) -> bool {
        let times = match self.moment {
            Moment::At(..) => return false,
            Moment::After(time) => return born.elapsed() >= time,
            Moment::JournalWritten(times) | Moment::LibraryChanged(times) => times,
        };
        let now = self.look();
        if now != self.seen {
            self.seen = now;
            self.changes += 1;
        }
        self.changes >= times
    }
}
