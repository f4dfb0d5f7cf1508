//! What was decided: sentences that say so, word for word.

use contract::commands::FindDecisions;
use contract::{Decided, ProjectId};

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{self, Lean, Period};
use crate::builtin::names::Meant;
use crate::builtin::plan::{Plan, answer, look_up};
use crate::builtin::words::{Word, is_any};
use crate::world::World;

pub(super) const DECISIONS: Capability = Capability {
    name: "tell what was decided",
    examples: &["What did we decide in the website project?", "Which decisions were made this month?"],
    writes: false,
    read,
};

/// The most that is asked for.
const MOST: u32 = 100;

const KNOWN: &str = "what|which|who|did|do|have|has|been|we|they|you|i|was|were|are|is|decide|decided|decision|decisions|agree|agreed|\
    agreements|on|the|a|an|any|all|in|of|for|made|make|taken|take|show|list|give|tell|me|us|our|about|find|there|latest|last|recent|new|\
    everything|that|so|far|happened|project|and|key|important|how|many";

/// Where and when.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Within {
    pub(super) project: Option<ProjectId>,
    pub(super) period: Option<Period>,
}

impl Within {
    /// Reads where and when from words of which no others may stand there.
    pub(super) fn read(asked: &Asked<'_>, words: &[Word], known: &str) -> Option<Result<Self, String>> {
        let mut within = Self::default();
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let first = rest.first().filter(|word| !word.quoted).map_or("", |word| word.text.as_str());
            let about = usize::from(is_any(first, "of|for|from|in|on") && rest.len() > 1);
            let dated = dates::begins(rest, &asked.calendar(), Lean::Back).or_else(|| {
                dates::begins(rest.get(about..)?, &asked.calendar(), Lean::Back)
                    .map(|(len, found)| (len + about, found))
            });
            if let Some((len, period)) = dated {
                match period {
                    Ok(period) => within.period = Some(period),
                    Err(trouble) => return Some(Err(dates::explain(&trouble, &asked.words.written(rest.get(..len)?)))),
                }
                at += len;
            } else if first == "here" {
                within.project = asked.current_project();
                at += 1;
            } else if let Some((len, meant)) = asked.project_at(rest) {
                match meant {
                    Meant::One(project) => within.project = Some(project),
                    Meant::Several(several) => return Some(Err(asked.which_project(&several))),
                    Meant::Nothing => return None,
                }
                at += len;
            } else if is_any(first, known) {
                at += 1;
            } else {
                return None;
            }
        }
        Some(Ok(within))
    }

    /// It in words: “ in Website from Mon 2 Nov to Fri 20 Nov”.
    pub(super) fn told(self, world: &World) -> String {
        let place = self.project.map_or(String::new(), |id| format!(" in {}", compose::project(world, id)));
        let when = self.period.map_or(String::new(), |period| format!(" {}", dates::told(period, world.now.date())));
        format!("{place}{when}")
    }
}

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let speaks =
        words.iter().any(|word| !word.quoted && is_any(&word.text, "decide|decided|decision|decisions|agree|agreed"));
    if !speaks || words.len() > 25 {
        return None;
    }
    let within = match Within::read(asked, words, KNOWN)? {
        Ok(within) => within,
        Err(text) => return Some(answer(text)),
    };
    let input = FindDecisions {
        project: within.project,
        from: within.period.and_then(|period| period.from),
        to: within.period.and_then(|period| period.to),
        limit: Some(MOST),
    };
    let world = asked.world;
    let say = format!("I’ll look for what was decided{}.", within.told(world));
    Some(look_up(say, input, move |_, found: Vec<Decided>| told(&found, within, world)))
}

fn told(found: &[Decided], within: Within, world: &World) -> String {
    let place = within.told(world);
    if found.is_empty() {
        return format!(
            "I found no sentence that says what was decided{place}. I look for words such as “we decided” and “agreed”."
        );
    }
    let today = world.now.date();
    let lines: Vec<String> = found
        .iter()
        .map(|one| {
            let mut facts = Vec::new();
            facts.extend(one.author.map(|author| compose::person(world, author)));
            facts.push(dates::short(one.at.to_zoned(world.now.time_zone().clone()).date(), today));
            let title = if one.item.title.is_empty() { &one.item.excerpt } else { &one.item.title };
            facts.push(compose::item(one.item.id, title));
            if within.project.is_none() {
                facts.push(compose::project(world, one.item.project));
            }
            format!("“{}” – {}", compose::plain(&one.quote), facts.join(" · "))
        })
        .collect();
    let least = if found.len() >= MOST as usize { "at least " } else { "" };
    let number = compose::count(lines.len(), "decision", "decisions");
    format!("{least}**{number}**{place}, newest first:\n\n{}", compose::list(&lines))
}
