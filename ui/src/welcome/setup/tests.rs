#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Integration, IntegrationKind, NextAct, Owner, Source, Standing};

use super::in_use;

fn one(key: &str, kind: IntegrationKind, can_test: bool) -> Integration {
    Integration {
        key: key.into(),
        kind,
        label: key.into(),
        detail: String::new(),
        owner: Owner::Person,
        standing: Standing::Works,
        words: String::new(),
        next: NextAct::None,
        last_use: None,
        may: Vec::new(),
        can_test,
        can_remove: false,
    }
}

fn keys(all: &[Integration], source: Source, usual: &str) -> Vec<String> {
    in_use(all, Some(source), Some(usual)).into_iter().map(|one| one.key).collect()
}

#[test]
fn what_is_tried_is_what_the_workspace_works_with() {
    let mut all = vec![
        one("sample", IntegrationKind::Basecamp, true),
        one("basecamp:1", IntegrationKind::Basecamp, true),
        one("runner", IntegrationKind::Automations, true),
        one("server", IntegrationKind::Automations, false),
        one("model:0", IntegrationKind::Model, true),
        one("model:2", IntegrationKind::Model, true),
        one("slack", IntegrationKind::Slack, false),
        one("secrets", IntegrationKind::Secrets, true),
    ];
    assert_eq!(keys(&all, Source::Sample, "model:0"), ["sample", "runner", "model:0"]);
    assert_eq!(keys(&all, Source::Basecamp, "model:2"), ["basecamp:1", "runner", "model:2"]);
    all[3].can_test = true;
    assert_eq!(keys(&all, Source::Sample, "model:0"), ["sample", "server", "model:0"]);
    assert!(in_use(&[], None, None).is_empty());
}
