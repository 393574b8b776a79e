//! The whole table as text, and the promises that no sequence of inputs can break.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::*;
use crate::model::{Charged, JobStatus};

const PRICED: Rules = Rules { resend: Resend::Never, on_refused_key: OnRefusedKey::Hold };
const PRICED_TERMINAL: Rules = Rules { resend: Resend::Never, on_refused_key: OnRefusedKey::Fail };
const FREE: Rules = Rules { resend: Resend::Free, on_refused_key: OnRefusedKey::Hold };

fn ticket() -> Ticket {
    Ticket { request_id: "r-1".into(), polling_url: None }
}

fn results() -> Vec<String> {
    vec!["https://example.com/1.png".into()]
}

/// One state of each kind that the table treats differently, with the label of its row.
fn states() -> Vec<(&'static str, State)> {
    let failed = |why, with_id: bool| State::Failed { why, ticket: with_id.then(ticket) };
    vec![
        ("queued", State::Queued),
        ("held", State::Held { why: Hold::Key }),
        ("preparing", State::Preparing),
        ("hosting", State::Hosting),
        ("submitting", State::Submitting { stop_wanted: false }),
        ("submitting, stop wanted", State::Submitting { stop_wanted: true }),
        ("accepted", State::Accepted { ticket: ticket() }),
        ("working", State::Working { ticket: ticket() }),
        ("fetching", State::Fetching { ticket: ticket(), results: results(), asked_again: 0 }),
        ("fetching, asked 3 times", State::Fetching { ticket: ticket(), results: results(), asked_again: ASK_AGAIN }),
        ("done", State::Done { ticket: ticket(), kept: Kept::default() }),
        ("failed, not sent", failed(Failure::NotSent, false)),
        ("failed, refused", failed(Failure::Refused, false)),
        ("failed, key refused", failed(Failure::RefusedKey, false)),
        ("failed, charge unknown", failed(Failure::ChargeUnknown, false)),
        ("failed there", failed(Failure::ByService, true)),
        ("failed there, not charged", failed(Failure::ByServiceFree, true)),
        ("failed, no picture", failed(Failure::WithoutImage, true)),
        ("failed, result gone", failed(Failure::ResultGone, true)),
        ("failed, result unfit", failed(Failure::ResultUnfit, true)),
        ("lost", State::Lost { ticket: ticket() }),
        ("stopped with an id", State::Stopped { ticket: Some(ticket()) }),
        ("stopped without an id", State::Stopped { ticket: None }),
        ("may have been accepted", State::MaybeAccepted),
        ("dismissed", State::Dismissed { was: Box::new(State::MaybeAccepted) }),
    ]
}

fn inputs() -> Vec<Input> {
    vec![
        Input::Turn,
        Input::Prepared,
        Input::Hosted,
        Input::NotReady,
        Input::CannotSend,
        Input::Accepted(ticket()),
        Input::Finished(ticket(), results()),
        Input::NothingSent,
        Input::Busy,
        Input::Refused,
        Input::RefusedKey(Hold::Credit),
        Input::ChargeUnknown,
        Input::NoAnswer,
        Input::Waiting,
        Input::Working,
        Input::Results(results()),
        Input::WithoutImage,
        Input::FailedThere { not_charged: false },
        Input::FailedThere { not_charged: true },
        Input::UnknownId,
        Input::LinksDead,
        Input::Unfit,
        Input::Fetched,
        Input::Stored(Kept::default()),
        Input::Stop,
        Input::GiveUp,
        Input::GoOn,
        Input::Retry,
        Input::LookAgain,
        Input::Dismiss,
        Input::LineHeld(Hold::Key),
        Input::Restarted,
    ]
}

/// One line a state and input that does something: `state + input → state [effects]`.
fn table(rules: Rules) -> Vec<String> {
    let mut lines = Vec::new();
    for (label, state) in states() {
        for input in inputs() {
            let (next, effects) = step(state.clone(), input.clone(), rules);
            if next == state && effects.is_empty() {
                continue;
            }
            let effects: Vec<&str> = effects.iter().map(effect_word).collect();
            let list = if effects.is_empty() { String::new() } else { format!(" [{}]", effects.join(", ")) };
            lines.push(format!("{label} + {} → {}{list}", input_word(&input), state_words(&next)));
        }
    }
    lines
}

fn input_word(input: &Input) -> &'static str {
    match input {
        Input::Turn => "turn",
        Input::Prepared => "prepared",
        Input::Hosted => "hosted",
        Input::NotReady => "not ready",
        Input::CannotSend => "cannot send",
        Input::Accepted(_) => "accepted",
        Input::Finished(..) => "finished",
        Input::NothingSent => "nothing sent",
        Input::Busy => "busy",
        Input::Refused => "refused",
        Input::RefusedKey(_) => "key refused",
        Input::ChargeUnknown => "charge unknown",
        Input::NoAnswer => "no answer",
        Input::Waiting => "waiting",
        Input::Working => "working",
        Input::Results(_) => "results",
        Input::WithoutImage => "no picture",
        Input::FailedThere { not_charged: false } => "failed there",
        Input::FailedThere { not_charged: true } => "failed there, not charged",
        Input::UnknownId => "id unknown",
        Input::LinksDead => "links dead",
        Input::Unfit => "unfit",
        Input::Fetched => "fetched",
        Input::Stored(_) => "stored",
        Input::Stop => "stop",
        Input::GiveUp => "give up",
        Input::GoOn => "go on",
        Input::Retry => "retry",
        Input::LookAgain => "look again",
        Input::Dismiss => "dismiss",
        Input::LineHeld(_) => "line held",
        Input::Restarted => "restarted",
    }
}

fn state_words(state: &State) -> String {
    if let State::Fetching { asked_again: count @ 1.., .. } = state {
        return format!("fetching (asked again {count})");
    }
    let label = states().into_iter().find(|(_, known)| known == state).map(|(label, _)| label);
    label.map_or_else(|| state.status().word().to_owned(), str::to_owned)
}

fn effect_word(effect: &Effect) -> &'static str {
    match effect {
        Effect::Prepare => "PREPARE",
        Effect::Host => "HOST",
        Effect::Submit => "SUBMIT",
        Effect::Ask => "ASK",
        Effect::Fetch => "FETCH",
        Effect::Store => "STORE",
        Effect::Record(Line::Accepted(_)) => "ledger: accepted",
        Effect::Record(Line::Unknown) => "ledger: unknown",
        Effect::Record(Line::NotCharged(_)) => "ledger: not charged",
        Effect::HoldLine(_) => "hold the line",
    }
}

#[test]
fn every_pair_does_what_the_tables_say_and_a_pair_they_do_not_list_does_nothing() {
    // The tables are read by people: each line was decided, none is generated truth.
    for (rules, expected, name) in
        [(PRICED, include_str!("priced.table"), "priced.table"), (FREE, include_str!("free.table"), "free.table")]
    {
        let actual = table(rules);
        for (line, (actual, expected)) in actual.iter().zip(expected.lines()).enumerate() {
            assert_eq!(actual, expected, "{name}, line {}", line + 1);
        }
        assert_eq!(actual.len(), expected.lines().count(), "{name} has other lines");
    }
}

#[test]
fn a_command_that_drives_its_own_jobs_ends_them_uncharged_where_a_window_holds_its_line() {
    let submitting = State::Submitting { stop_wanted: false };
    for refused in [Hold::Key, Hold::Credit, Hold::Access] {
        let (held, effects) = step(submitting.clone(), Input::RefusedKey(refused), PRICED);
        assert_eq!((held, effects), (State::Held { why: refused }, vec![Effect::HoldLine(refused)]));
        let (ended, effects) = step(submitting.clone(), Input::RefusedKey(refused), PRICED_TERMINAL);
        assert_eq!(ended.charged(Resend::Never), Charged::No);
        assert_eq!((ended.status(), effects), (JobStatus::Failed, Vec::new()));
    }
}

#[test]
fn what_a_job_cost_follows_from_its_state() {
    let words: Vec<String> =
        states().iter().map(|(label, state)| format!("{label}: {}", state.charged(Resend::Never).word())).collect();
    let expected = "queued: no, held: no, preparing: no, hosting: no, submitting: unknown, \
                    submitting, stop wanted: unknown, accepted: yes, working: yes, fetching: yes, \
                    fetching, asked 3 times: yes, done: yes, failed, not sent: no, failed, refused: no, \
                    failed, key refused: no, failed, charge unknown: unknown, failed there: yes, \
                    failed there, not charged: no, failed, no picture: yes, failed, result gone: yes, failed, result unfit: yes, \
                    lost: yes, stopped with an id: yes, stopped without an id: no, may have been accepted: unknown, \
                    dismissed: unknown";
    assert_eq!(words.join(", "), expected);
    assert!(states().iter().all(|(_, state)| state.charged(Resend::Free) == Charged::No));
}

#[test]
fn a_state_is_stored_under_its_status_word_and_comes_back_the_same() {
    for (label, state) in states() {
        let text = serde_json::to_value(&state).unwrap();
        assert_eq!(text["status"], state.status().word(), "{label}");
        assert_eq!(serde_json::from_value::<State>(text).unwrap(), state, "{label}");
    }
}

/// Anything at all, in any order.
fn any_input() -> impl Strategy<Value = Input> {
    proptest::sample::select(inputs())
}

/// One move of a random sequence. Its three parts are drawn apart: a part that decided two things would leave some
/// pairs out.
#[derive(Clone, Debug)]
struct Move {
    /// Half of the moves go straight on, an eighth is anything at all, the others are anything that does something.
    roll: u8,
    choice: prop::sample::Index,
    anything: Input,
}

fn any_move() -> impl Strategy<Value = Move> {
    (0_u8..8, any::<prop::sample::Index>(), any_input()).prop_map(|(roll, choice, anything)| Move {
        roll,
        choice,
        anything,
    })
}

fn any_moves() -> impl Strategy<Value = Vec<Move>> {
    prop::collection::vec(any_move(), 1..60)
}

/// What leads from a state towards a sticker.
fn straight_on(state: &State) -> Input {
    match state {
        State::Queued => Input::Turn,
        State::Held { .. } => Input::GoOn,
        State::Preparing => Input::Prepared,
        State::Hosting => Input::Hosted,
        State::Submitting { .. } => Input::Accepted(ticket()),
        State::Accepted { .. } | State::Working { .. } => Input::Results(results()),
        State::Fetching { .. } => Input::Stored(Kept::default()),
        _ => Input::Retry,
    }
}

/// Plays a sequence and hands each move to `check`: state, input, next state, effects.
fn play(rules: Rules, moves: &[Move], mut check: impl FnMut(&State, &Input, &State, &[Effect])) {
    let mut state = State::Queued;
    for Move { roll, choice, anything } in moves {
        let does_something = |input: &Input| step(state.clone(), input.clone(), rules) != (state.clone(), Vec::new());
        let useful: Vec<Input> = inputs().into_iter().filter(does_something).collect();
        let input = match roll {
            1..=4 => straight_on(&state),
            5.. if !useful.is_empty() => choice.get(&useful).clone(),
            _ => anything.clone(),
        };
        let (next, effects) = step(state.clone(), input.clone(), rules);
        check(&state, &input, &next, &effects);
        state = next;
    }
}

#[test]
fn the_random_sequences_go_far_enough_to_find_something() {
    const SEQUENCES: usize = 1000;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut posted_twice, mut done, mut died_submitting, mut looked_again) = (0, 0, 0, 0);
    for _ in 0..SEQUENCES {
        let moves = any_moves().new_tree(&mut runner).unwrap().current();
        let (mut posts, mut ends, mut deaths, mut looks) = (0, 0, 0, 0);
        play(PRICED, &moves, |before, input, after, effects| {
            posts += usize::from(effects.contains(&Effect::Submit));
            ends += usize::from(matches!(after, State::Done { .. }));
            deaths += usize::from(matches!(before, State::Submitting { .. }) && *input == Input::Restarted);
            looks += usize::from(*input == Input::LookAgain && before != after);
        });
        posted_twice += usize::from(posts > 1);
        done += usize::from(ends > 0);
        died_submitting += usize::from(deaths > 0);
        looked_again += usize::from(looks > 0);
    }
    for (count, what) in [
        (posted_twice, "post twice, the first one refused"),
        (done, "end with a sticker"),
        (died_submitting, "die while submitting"),
        (looked_again, "look again"),
    ] {
        assert!(count >= 20, "only {count} of {SEQUENCES} sequences {what}");
    }
}

/// Outcomes of a POST that prove that nothing was accepted.
fn proves_nothing_was_accepted(input: &Input) -> bool {
    matches!(input, Input::NothingSent | Input::Busy | Input::Refused | Input::RefusedKey(_))
}

const fn is_a_person(input: &Input) -> bool {
    matches!(input, Input::GoOn | Input::Retry | Input::LookAgain)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_reaches_a_second_post_that_may_cost_after_one_that_may_have_cost(
        moves in any_moves(),
        rules in proptest::sample::select(vec![PRICED, PRICED_TERMINAL]),
    ) {
        let mut may_have_cost = false;
        play(rules, &moves, |before, input, _, effects| {
            if matches!(before, State::Submitting { .. }) && proves_nothing_was_accepted(input) {
                may_have_cost = false;
            }
            if effects.contains(&Effect::Submit) {
                assert!(!may_have_cost, "{before:?} + {input:?} submits a second time");
                may_have_cost = true;
            }
        });
    }

    #[test]
    fn after_a_restart_no_sequence_pays_without_a_person(
        moves in any_moves(),
    ) {
        let mut clicked_in_this_run = true;
        play(PRICED, &moves, |before, input, _, effects| {
            if *input == Input::Restarted {
                clicked_in_this_run = false;
            }
            clicked_in_this_run |= is_a_person(input);
            if effects.contains(&Effect::Submit) {
                assert!(clicked_in_this_run, "{before:?} + {input:?} pays without a click");
            }
        });
    }

    #[test]
    fn no_sequence_is_done_without_stored_bytes(
        moves in any_moves(),
        rules in proptest::sample::select(vec![PRICED, PRICED_TERMINAL, FREE]),
    ) {
        play(rules, &moves, |before, input, after, _| {
            if matches!(after, State::Done { .. }) && before != after {
                assert!(matches!(input, Input::Stored(_)), "{before:?} + {input:?} is done");
                assert!(matches!(before, State::Fetching { .. }), "{before:?} + {input:?} is done");
            }
        });
    }

    #[test]
    fn an_accepted_id_is_never_forgotten_where_it_cost_money(
        moves in any_moves(),
    ) {
        play(PRICED, &moves, |before, input, after, _| {
            if before.ticket().is_some() {
                assert_eq!(after.ticket(), before.ticket(), "{before:?} + {input:?} forgets the id");
            }
        });
    }

    #[test]
    fn the_ledger_gets_exactly_one_line_for_each_post_that_may_have_cost(
        moves in any_moves(),
    ) {
        let (mut sent, mut refused, mut lines, mut open) = (0, 0, 0, 0);
        play(PRICED, &moves, |before, input, after, effects| {
            let in_flight = matches!(before, State::Submitting { .. });
            sent += usize::from(effects.contains(&Effect::Submit));
            refused += usize::from(in_flight && proves_nothing_was_accepted(input));
            lines += effects
                .iter()
                .filter(|effect| matches!(effect, Effect::Record(Line::Accepted(_) | Line::Unknown)))
                .count();
            open = usize::from(matches!(after, State::Submitting { .. }));
        });
        prop_assert_eq!(sent, refused + lines + open);
    }
}
