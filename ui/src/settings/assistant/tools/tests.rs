#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Effect, Rule, TABLE, ToolRule};

use super::{Choice, Group, count_words, grouped, lead, lead_of};

fn tool(name: &str, effect: Effect, rule: Option<Rule>) -> ToolRule {
    ToolRule { tool: name.into(), summary: "Does it; and more.".into(), effect, tells: false, rule }
}

#[test]
fn every_tool_stands_in_one_group_and_order_is_kept() {
    let tools: Vec<ToolRule> =
        TABLE.iter().filter(|command| command.tool).map(|one| tool(one.name, one.effect, None)).collect();
    let groups = grouped(&tools);
    assert_eq!(groups.iter().map(|(_, tools)| tools.len()).sum::<usize>(), tools.len());
    assert!(groups.iter().all(|(_, tools)| !tools.is_empty()));
    for (group, inside) in &groups {
        let expected: Vec<&ToolRule> = tools.iter().filter(|tool| Group::of(tool.effect) == *group).collect();
        assert_eq!(inside.iter().collect::<Vec<_>>(), expected);
    }
    assert_eq!(grouped(&[]), Vec::new());
}

#[test]
fn what_is_offered_is_what_the_app_would_heed() {
    let words = |group: Group| group.choices().into_iter().map(|(choice, _)| choice).collect::<Vec<_>>();
    assert_eq!(words(Group::Reads), [Choice::Usual, Choice::Never], "a read never asks");
    assert_eq!(words(Group::Basecamp), [Choice::Usual, Choice::Ask, Choice::Unasked, Choice::Never]);
    assert_eq!(words(Group::Here), words(Group::Basecamp));
    assert!(words(Group::ByHand).is_empty());
    assert_eq!(Group::of(Effect::Manage), Group::ByHand);
    assert_eq!(Group::of(Effect::Destructive), Group::ByHand);
}

#[test]
fn a_choice_is_shown_as_it_was_made() {
    for group in [Group::Basecamp, Group::Here, Group::Reads] {
        for (choice, _) in group.choices() {
            assert_eq!(group.choice(choice.rule()), choice, "{group:?}");
        }
    }
    for rule in [Rule::Ask, Rule::Allow] {
        assert_eq!(Group::Reads.choice(Some(rule)), Choice::Usual, "it changes nothing for a read");
    }
}

#[test]
fn a_group_counts_what_was_set() {
    let tools = [
        tool("a", Effect::Remote, None),
        tool("b", Effect::Remote, Some(Rule::Forbid)),
        tool("c", Effect::Read, Some(Rule::Ask)),
    ];
    assert_eq!(count_words(Group::Basecamp, &tools), "2 tools, 1 set by you");
    assert_eq!(count_words(Group::Reads, &tools), "1 tool");
    assert_eq!(count_words(Group::Here, &tools), "0 tools");
}

#[test]
fn a_tool_is_named_by_the_first_clause_of_its_sentence() {
    assert_eq!(lead("Comments on an item; its subscribers are notified."), "Comments on an item");
    assert_eq!(lead("Ticks a to-do off."), "Ticks a to-do off");
    assert_eq!(lead("Ärger über alles"), "Ärger über alles");
    assert_eq!(lead_of("a", &[tool("a", Effect::Read, None)]), "Does it");
    assert_eq!(lead_of("gone.tool", &[]), "gone.tool");
    for command in TABLE.iter().filter(|command| command.tool) {
        assert!(lead(command.summary).len() > 5, "{}", command.name);
    }
}
