#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::TABLE;
use serde_json::json;

use super::*;

#[test]
fn what_an_earlier_step_made_is_put_in_wherever_it_stands() {
    let made = [
        json!({ "set": "1", "item": { "id": "-3" } }),
        json!({ "project": { "id": "9", "name": "Fair", "dock": [
            { "id": "10", "name": "todoset", "enabled": true }, { "id": "11", "name": "kanban_board", "enabled": false },
        ] } }),
    ];
    let input =
        json!({ "parent": { "$made": 0 }, "all": [{ "$made": 1 }, { "of": { "$made": 1, "tool": "todoset" } }] });
    assert_eq!(filled(&input, &made).unwrap(), json!({ "parent": "-3", "all": ["9", { "of": "10" }] }));
    for bad in [json!({ "$made": 2 }), json!({ "$made": -1 }), json!({ "$made": "0" })] {
        assert_eq!(filled(&bad, &made).unwrap_err().code, Code::Internal, "{bad}");
    }
    let off = filled(&json!({ "$made": 1, "tool": "kanban_board" }), &made).unwrap_err();
    assert_eq!((off.code, off.message.contains("“Fair” has no card table")), (Code::Invalid, true), "{off}");
}

#[test]
fn a_step_changes_basecamp_and_takes_nothing_back() {
    for command in TABLE {
        let is_step = may_be_step(command);
        assert!(!is_step || command.effect == Effect::Remote, "{}", command.name);
        assert!(!is_step || command.tool, "{}", command.name);
    }
    for name in ["todo.create", "project.create", "item.trash", "message.post"] {
        assert!(may_be_step(contract::find(name).unwrap()), "{name}");
    }
    for name in [
        "history.undo",
        "history.redo",
        "recipe.run",
        "recipe.save",
        "outbox.resolve",
        "memory.remember",
        "flow.publish",
        "flow.run",
        "run.retry",
    ] {
        assert!(!may_be_step(contract::find(name).unwrap()), "{name}");
    }
}

#[test]
fn every_set_of_a_reply_is_named_in_order() {
    let reply = json!({ "set": "4", "project": {}, "carried": { "sets": ["5", "6"], "done": [], "undone": [] } });
    assert_eq!(sets(&reply), [ChangeSetId(4), ChangeSetId(5), ChangeSetId(6)]);
    assert_eq!(sets(&json!({ "sets": ["7", "8"] })), [ChangeSetId(7), ChangeSetId(8)]);
    assert_eq!(sets(&json!({ "set": null })), []);
    assert_eq!(sets(&json!("4")), []);
}
