//! One step of undo is one thing that a person did, and a seed in sight is one that is used.

use super::*;

#[test]
fn a_drag_is_one_step_of_undo_and_two_sliders_are_two() {
    let mut form = Form::new(1);
    for (number, value) in [7.5, 8.0, 9.0, 11.0].into_iter().enumerate() {
        form.set(Parameter::PromptStrength, &json!(value), number as f64 * 0.1).unwrap();
    }
    form.set(Parameter::Steps, &json!(30), 0.5).unwrap();
    form.undo();
    assert_eq!((form.recipe.steps, form.recipe.prompt_strength), (20, 11.0));
    form.undo();
    assert_eq!(form.recipe.prompt_strength, 7.0);
    assert!(form.undo.is_empty());
    form.redo();
    form.redo();
    assert_eq!((form.recipe.steps, form.recipe.prompt_strength), (30, 11.0));
}

#[test]
fn a_drag_that_ends_where_it_began_is_no_step() {
    let mut form = Form::new(1);
    for (number, value) in [7.5, 9.0, 8.0, 7.0].into_iter().enumerate() {
        form.set(Parameter::PromptStrength, &json!(value), number as f64 * 0.1).unwrap();
    }
    assert_eq!((form.steps(), form.undo.len()), (0, 0));
    form.set(Parameter::PromptStrength, &json!(9.0), 0.5).unwrap();
    assert_eq!((form.steps(), form.undo.len()), (1, 1));
}

#[test]
fn the_first_run_uses_the_seed_that_is_shown() {
    let mut form = Form::new(100);
    let seeds = |recipes: Vec<Vec<Recipe>>| recipes.iter().flatten().filter_map(|one| one.seed).collect::<Vec<_>>();
    assert_eq!(seeds(form.run(1, || 5)), [100]);
    assert_eq!(seeds(form.run(1, || 5)), [5]);
    form.take(Parameter::Seed, &json!(77));
    form.count = 2;
    assert_eq!(seeds(form.run(1, || 6)), [77, 6]);
}

#[test]
fn a_value_out_of_range_changes_nothing_and_is_no_step() {
    let mut form = Form::new(1);
    assert!(form.set(Parameter::Width, &json!(9000), 0.0).is_err());
    assert_eq!(form.recipe, Recipe::default().with_seed(1));
    assert!(form.undo.is_empty());
}

#[test]
fn resets_presets_and_recalls_are_one_step_each_and_keep_the_seed() {
    let mut form = Form::new(9);
    form.use_preset("Bold cartoon", Recipe { prompt: "bold cartoon".to_owned(), ..form.recipe.clone() });
    form.set(Parameter::Steps, &json!(3), 0.0).unwrap();
    form.reset_all();
    assert_eq!((&form.recipe, form.preset.as_str()), (&Recipe::default().with_seed(9), "Service default"));
    form.undo();
    form.undo();
    assert_eq!((form.recipe.prompt.as_str(), form.preset.as_str()), ("bold cartoon", "Bold cartoon"));
    form.rename_preset("Service default", "As the service has it");
    form.undo();
    assert_eq!(form.recipe, Recipe::default().with_seed(9));
    assert_eq!(form.preset, "As the service has it");
}

#[test]
fn a_kept_seed_counts_up_and_a_free_one_is_drawn_for_each() {
    let mut form = Form::new(100);
    form.count = 3;
    form.seed = UseOfSeed::Locked;
    let seeds = |recipes: Vec<Vec<Recipe>>| recipes.iter().flatten().filter_map(|one| one.seed).collect::<Vec<_>>();
    assert_eq!(seeds(form.clone().run(2, || 0)), [100, 101, 102, 100, 101, 102]);
    assert_eq!(seeds(form.run(1, || 0)), [100, 101, 102]);
    form.seed = UseOfSeed::NewEach;
    let mut next = 6;
    assert_eq!(
        seeds(form.run(1, || {
            next += 1;
            next
        })),
        [7, 8, 9]
    );
    assert_eq!(form.recent_seeds[..4], [9, 8, 7, 102]);
    assert_eq!(form.last_run.unwrap().seed, Some(9));
    assert_eq!(form.recipe.seed, Some(9));
}
