//! A job's state, and whether money went, as a person reads it.

use crate::view::{JobView, clock};
use model::{Charged, EngineId, Hold, JobStatus};

/// The state as a person reads it.
pub(super) fn state(job: &JobView<'_>) -> String {
    if let Some(seconds) = job.goes_on_in {
        let what = if job.busy { "Service is busy" } else { "Interrupted" };
        return format!("{what}, next try in {}", clock(seconds));
    }
    match job.status {
        JobStatus::Queued if job.ahead > 0 => format!("Waiting in line, {} ahead", job.ahead),
        JobStatus::Queued => "Waiting in line".to_owned(),
        JobStatus::Held => ended("Held", job),
        JobStatus::Preparing => "Preparing the photo".to_owned(),
        JobStatus::Hosting => "Sending the photo".to_owned(),
        JobStatus::Submitting => "Submitting".to_owned(),
        JobStatus::Accepted => "Queued at the service".to_owned(),
        JobStatus::Working => match job.progress {
            Some(share) => format!("Working {:.0} %", share * 100.0),
            None if job.takes_long => "Working, longer than usual".to_owned(),
            None => "Working".to_owned(),
        },
        JobStatus::Fetching => "Fetching".to_owned(),
        JobStatus::Done if job.error.is_some() => "Done, with a note".to_owned(),
        JobStatus::Done if job.engine == EngineId::Local => "Done on this computer".to_owned(),
        JobStatus::Done => "Done".to_owned(),
        JobStatus::Failed => ended("Failed", job),
        JobStatus::Lost => ended("Lost", job),
        JobStatus::Stopped => ended("Stopped", job),
        JobStatus::MayHaveBeenAccepted => "May have been accepted".to_owned(),
        JobStatus::Dismissed => "Put aside".to_owned(),
    }
}

/// How it ended, with whether money went where it could.
fn ended(how: &str, job: &JobView<'_>) -> String {
    if job.price.is_zero() { how.to_owned() } else { format!("{how}, {}", charge(job)) }
}

/// Whether money went.
fn charge(job: &JobView<'_>) -> String {
    match job.charged {
        Charged::No => "nothing charged".to_owned(),
        Charged::Yes => format!("charged {}", job.price),
        Charged::Unknown => "charge unknown".to_owned(),
    }
}

/// Cost and seed.
pub(super) fn money_and_seed(job: &JobView<'_>) -> String {
    let money = if job.price.is_zero() {
        "Free".to_owned()
    } else if job.charged == Charged::No && job.goes_on_in.is_some() {
        "Not sent yet".to_owned()
    } else {
        job.price.to_string()
    };
    format!("{money} · seed {}", job.seed)
}

/// What happened and what was kept, for a row in trouble.
pub(super) fn sentence(job: &JobView<'_>) -> String {
    match (job.status, job.held, job.error) {
        (JobStatus::MayHaveBeenAccepted, ..) => {
            let what_came = job.error.unwrap_or("No answer came back.");
            format!("{what_came} Pixazo may have made it and charged for it.")
        }
        (JobStatus::Lost, ..) => "Pixazo no longer knows its number. Looking again is free.".to_owned(),
        (JobStatus::Held, Some(Hold::LastTime), _) => "It was never sent, and waits for your word.".to_owned(),
        (JobStatus::Held, Some(Hold::Key), _) => "It waits for a key that Pixazo knows.".to_owned(),
        (JobStatus::Held, Some(Hold::Credit), _) => "It waits for credit at Pixazo.".to_owned(),
        (JobStatus::Held, Some(Hold::Access), _) => "It waits for access to the service.".to_owned(),
        (.., Some(error)) => error.to_owned(),
        (JobStatus::Stopped, ..) if job.charged == Charged::Yes => {
            "Pixazo may have finished it. Looking again is free.".to_owned()
        }
        (JobStatus::Stopped, ..) => "Its settings are kept.".to_owned(),
        _ => "No sticker was made. Your settings are kept.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Picture, Ticking};
    use model::{JobId, Money};

    fn job(status: JobStatus, charged: Charged) -> JobView<'static> {
        JobView {
            id: JobId("1".into()),
            batch: None,
            prompt: "ink",
            picture: Picture::Missing,
            status,
            charged,
            price: Money::from_mills(25),
            engine: EngineId::Pixazo,
            seed: 7,
            progress: None,
            ahead: 0,
            elapsed: Ticking::Over(3),
            goes_on_in: None,
            busy: false,
            held: None,
            asked: false,
            takes_long: false,
            error: None,
            request_id: None,
            offers: &[],
        }
    }

    #[test]
    fn whatever_ended_without_a_sticker_says_whether_money_went() {
        for (status, charged, words) in [
            (JobStatus::Failed, Charged::No, "Failed, nothing charged"),
            (JobStatus::Failed, Charged::Yes, "Failed, charged $0.025"),
            (JobStatus::Failed, Charged::Unknown, "Failed, charge unknown"),
            (JobStatus::Lost, Charged::Yes, "Lost, charged $0.025"),
            (JobStatus::Stopped, Charged::No, "Stopped, nothing charged"),
            (JobStatus::Stopped, Charged::Yes, "Stopped, charged $0.025"),
            (JobStatus::Held, Charged::No, "Held, nothing charged"),
        ] {
            assert_eq!(state(&job(status, charged)), words);
        }
    }

    #[test]
    fn a_busy_service_is_told_from_a_fault() {
        let waiting = JobView { goes_on_in: Some(78), ..job(JobStatus::Queued, Charged::No) };
        assert_eq!(state(&JobView { busy: true, ..waiting.clone() }), "Service is busy, next try in 1:18");
        assert_eq!(state(&waiting), "Interrupted, next try in 1:18");
        assert_eq!(money_and_seed(&waiting), "Not sent yet · seed 7");
    }
}
