//! How a project's card tables stand.

use contract::Board;
use contract::commands::ShowBoards;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer, look_up};

pub(super) const BOARD: Capability = Capability {
    name: "tell how a board stands",
    examples: &["Show the board of the website project"],
    writes: false,
    read,
};

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "show|list|give [me] [the] board|boards|kanban|columns of|for|in|on {project}",
        "show|list|give [me] [the] card table|tables of|for|in|on {project}",
        "show|list|give [me] {project} board|kanban|columns",
        "how does|is the board of|in|for {project} look|looking|stand",
        "how does|is the board look|looking|stand in|of|for {project}",
        "what is|are on|in [the] board|boards|columns of|in|for {project}",
        "what is on {project} board|kanban",
        "what is|are in the columns of|in|for {project}",
        "board|kanban of|for|in {project}",
        "show [me] the board",
        "what is on the board",
        "how does the board look",
    ];
    let all = fits(asked.core(), patterns);
    let gaps = all.first()?;
    let given = asked.answer(Slot::Project).map(|given| followup::without_lead(given.words.list()));
    let meant = match (gaps.has("project"), given) {
        (_, Some(words)) => asked.project(words),
        (true, None) => {
            let found = all.iter().map(|gaps| asked.project(gaps.get("project"))).find(|meant| !meant.is_nothing());
            found.unwrap_or(Meant::Nothing)
        }
        (false, None) => asked.current_project().map_or(Meant::Nothing, Meant::One),
    };
    let project = match meant {
        Meant::One(project) => project,
        Meant::Several(several) => return Some(answer(asked.which_project(&several))),
        Meant::Nothing => return Some(answer(followup::question(Slot::Project, "", &[]))),
    };
    let world = asked.world;
    let link = compose::project(world, project);
    Some(look_up(
        format!("I’ll look at the board of {link}."),
        ShowBoards { project },
        move |_, boards: Vec<Board>| {
            if boards.is_empty() {
                return format!("{link} has no card table.");
            }
            let tell = |board: &Board| {
                let cards: usize = board.columns.iter().map(|column| column.cards.len()).sum();
                let lines: Vec<String> = board
                    .columns
                    .iter()
                    .map(|column| {
                        let names: Vec<String> =
                            column.cards.iter().take(3).map(|card| compose::item(card.id, &card.title)).collect();
                        let more = column.cards.len().saturating_sub(names.len());
                        let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
                        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                        format!("**{}** – {}{names}{more}", compose::plain(&column.column.title), column.cards.len())
                    })
                    .collect();
                format!(
                    "{} has **{}**:\n\n{}",
                    compose::item(board.table.id, &board.table.title),
                    compose::count(cards, "card", "cards"),
                    compose::list_of(&lines, 20)
                )
            };
            boards.iter().map(tell).collect::<Vec<_>>().join("\n\n")
        },
    ))
}
