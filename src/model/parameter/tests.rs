use super::*;

#[test]
fn every_parameter_stands_at_its_own_place_in_the_table() {
    for (index, spec) in PARAMETERS.iter().enumerate() {
        assert_eq!(spec.parameter as usize, index, "{}", spec.name);
        assert_eq!(Parameter::from_name(spec.name), Some(spec.parameter));
        assert_eq!(spec.flag, spec.name.replace('_', "-").replace("-filter", ""));
    }
}

#[test]
fn every_parameter_has_a_label_and_a_sentence_for_each_engine() {
    for spec in &PARAMETERS {
        assert!(!spec.label_local.is_empty() && !spec.label_hosted.is_empty());
        for help in [spec.help_local, spec.help_hosted] {
            assert!(help.ends_with('.') && help.len() > 20, "{}: {help}", spec.name);
        }
    }
}

#[test]
fn the_readme_calls_every_setting_of_a_drawing_as_the_form_does() {
    let readme = include_str!("../../../README.md");
    for spec in PARAMETERS.iter().filter(|spec| spec.label_local != spec.label_hosted) {
        let row = format!("| {} | `--{}` |", spec.label_local, spec.flag);
        assert!(readme.contains(&row), "{row}");
    }
}

#[test]
fn every_default_lies_in_its_range() {
    for spec in &PARAMETERS {
        match spec.kind {
            Kind::Integer { default: Some(default), min, max, .. } => {
                assert!((min..=max).contains(&default), "{}", spec.name);
            }
            Kind::Real { default, min, max, .. } => {
                assert!((min..=max).contains(&default), "{}", spec.name);
            }
            _ => {}
        }
    }
}
