//! What may be spent: all jobs of a click or none, also by two processes at once.

use super::*;

#[test]
fn a_hard_budget_refuses_all_jobs_of_a_click_or_none() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let hard = Budgets { soft: None, hard: Some(Money::from_mills(75)) };
    put(&one, &pixazo(), "first");
    let click = |name: &str| job(&one, &pixazo(), name, b"face");
    let three = vec![click("a"), click("b"), click("c")];
    let refused = one.journal.insert(three, hard, SoftBudget::Exceed, month());
    assert!(matches!(refused, Err(JobsError::HardBudget { after, .. }) if after == Money::from_mills(100)));
    assert_eq!(one.journal.all().unwrap().len(), 1);
    one.journal.insert(vec![click("a"), click("b")], hard, SoftBudget::Obey, month()).unwrap();
    assert_eq!(one.journal.all().unwrap().len(), 3);
    one.journal.insert(vec![job(&one, &Engine::local(), "free", b"face")], hard, SoftBudget::Obey, month()).unwrap();
}

#[test]
fn two_processes_that_pay_at_the_same_moment_cannot_pass_a_budget_together() {
    let (_root, folders) = data_folder();
    let processes = [process(&folders), process(&folders)];
    let hard = Budgets { soft: None, hard: Some(Money::from_mills(500)) };
    std::thread::scope(|scope| {
        for (number, payer) in processes.iter().enumerate() {
            scope.spawn(move || {
                for click in 0..25 {
                    let new = vec![job(payer, &pixazo(), &format!("{number}-{click}"), b"face")];
                    let inserted = payer.journal.insert(new, hard, SoftBudget::Exceed, month());
                    assert!(matches!(inserted, Ok(_) | Err(JobsError::HardBudget { .. })), "{inserted:?}");
                }
            });
        }
    });
    assert_eq!(processes[0].journal.all().unwrap().len(), 20);
    assert_eq!(processes[1].journal.spending(month()).unwrap().reserved, Money::from_mills(500));
}

#[test]
fn a_soft_budget_asks_once_and_then_lets_go_on() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let soft = Budgets { soft: Some(Money::from_mills(20)), hard: None };
    let click = || vec![job(&one, &pixazo(), "click", b"face")];
    let asked = one.journal.insert(click(), soft, SoftBudget::Obey, month()).unwrap_err();
    assert!(asked.to_string().contains("the month to $0.025, and above $0.02"), "{asked}");
    assert_eq!(one.journal.insert(click(), soft, SoftBudget::Exceed, month()).unwrap().len(), 1);
}
