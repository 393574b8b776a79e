//! Tells a webhook how its request goes. A receiver that does not answer delays nobody but itself.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use crate::api::wire::{Metrics, Prediction, Status};
use crate::model::{Recipe, WebhookEvent};
use crate::net::{Notifier, Url};

use super::job::Job;

/// Least time between two reports of log lines.
const LOGS_EVERY: Duration = Duration::from_millis(500);

/// Tries of one event.
const TRIES: u32 = 3;

/// The wait after the first failed try; it doubles.
const BACKOFF: Duration = Duration::from_millis(500);

/// Whom to tell, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Webhook {
    url: Url,
    filter: Vec<WebhookEvent>,
}

impl Webhook {
    /// The webhook of a recipe, if it has one.
    pub(super) fn of(recipe: &Recipe) -> Option<Self> {
        let url = Url::parse(recipe.webhook.as_ref()?).ok()?;
        Some(Self { url, filter: recipe.webhook_events_filter.clone() })
    }

    /// Is it to be told of `event`? No filter means every event.
    fn wants(&self, event: WebhookEvent) -> bool {
        self.filter.is_empty() || self.filter.contains(&WebhookEvent::Every) || self.filter.contains(&event)
    }
}

/// Tells `webhook` of the request's start, logs, output and end; ends after that.
pub(super) async fn tell(notifier: Notifier, job: Arc<Job>, webhook: Webhook) {
    let mut changes = job.changes();
    let (mut told_start, mut told_logs) = (false, 0);
    loop {
        changes.mark_unchanged();
        let now = job.prediction();
        if !told_start && now.started_at.is_some() {
            told_start = true;
            if webhook.wants(WebhookEvent::Start) {
                post(&notifier, &webhook.url, &as_started(&now)).await;
            }
        }
        if now.completed_at.is_some() {
            if now.output.is_some() && webhook.wants(WebhookEvent::Output) {
                post(&notifier, &webhook.url, &as_output(&now)).await;
            }
            if webhook.wants(WebhookEvent::Completed) {
                post(&notifier, &webhook.url, &now).await;
            }
            return;
        }
        if now.logs.len() > told_logs && webhook.wants(WebhookEvent::Logs) {
            told_logs = now.logs.len();
            let begun = Instant::now();
            post(&notifier, &webhook.url, &now).await;
            let rest = LOGS_EVERY.saturating_sub(begun.elapsed());
            // The end is told at once; only log lines wait for each other.
            let over = async { while !job.is_over() && changes.changed().await.is_ok() {} };
            // Whether the time is up or the work is over, there is something to tell.
            drop(timeout(rest, over).await);
        } else if changes.changed().await.is_err() {
            return;
        }
    }
}

/// The prediction as it was when the work began.
fn as_started(now: &Prediction) -> Prediction {
    Prediction { logs: String::new(), output: None, error: None, ..as_output(now) }
}

/// The prediction as it was when the output came.
fn as_output(now: &Prediction) -> Prediction {
    Prediction {
        success: true,
        status: Status::Processing,
        completed_at: None,
        metrics: Metrics::default(),
        ..now.clone()
    }
}

/// POSTs one event, up to three times.
async fn post(notifier: &Notifier, url: &Url, prediction: &Prediction) {
    let Ok(body) = serde_json::to_vec(prediction) else { return };
    for attempt in 0..TRIES {
        if attempt > 0 {
            sleep(BACKOFF * 2_u32.pow(attempt - 1)).await;
        }
        match notifier.post_json(url, body.clone()).await {
            Ok(200..=299) => return,
            Ok(status) => tracing::debug!(status, "a webhook did not take its event"),
            Err(error) => tracing::debug!(%error, "a webhook could not be told"),
        }
    }
    tracing::warn!(host = url.host_str(), "a webhook was given up after {TRIES} tries");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(filter: &[WebhookEvent]) -> Webhook {
        let recipe = Recipe {
            webhook: Some("http://localhost:9/hook".into()),
            webhook_events_filter: filter.to_vec(),
            ..Recipe::default()
        };
        Webhook::of(&recipe).unwrap()
    }

    #[test]
    fn without_a_filter_or_with_a_star_every_event_is_told() {
        for filter in [&[][..], &[WebhookEvent::Every], &[WebhookEvent::Start, WebhookEvent::Every]] {
            assert!(WebhookEvent::ALL.into_iter().all(|event| webhook(filter).wants(event)));
        }
        let only = webhook(&[WebhookEvent::Completed]);
        assert!(only.wants(WebhookEvent::Completed) && !only.wants(WebhookEvent::Logs));
        assert_eq!(Webhook::of(&Recipe::default()), None);
    }
}
