//! Reading conditions from words, from left to right: at each place the longest thing that is known.

use contract::Kind;

use super::Filter;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{self, Lean};
use crate::builtin::names::Meant;
use crate::builtin::words::{Word, is_any, number};

/// Why words are no conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::builtin) enum Trouble {
    /// They hold something else.
    Other,
    /// They hold something that must be asked about or cannot be met; what is told.
    Say(String),
}

const FILLERS: &str = "the|a|an|is|are|was|were|be|been|what|which|that|there|any|all|every|each|of|to|do|does|did|have|has|had|\
    got|i|we|you|me|us|show|list|give|tell|find|display|see|currently|right|now|still|and|with|in|on|for|at|by|count|how|\
    many|much|number|everything|anything|something|task|tasks|item|items|thing|things|work|stuff|ones|one|who's|please|\
    need|needs|needed|our|it|total|exist|exists|left|up|plate|get|everyone|everybody|anyone|anybody|account|here|marked|\
    remaining|pending|assigned|belong|belonging|belongs|were|project|projects|can|should|due|done|finish|those|these|them|only|\
    over|out|team|first|top|whole|overview|full|look|looking|want|know|things|from|as|not|yet|being|status|late|set|dated|due-date|working";

/// The most words that conditions take.
const LONGEST: usize = 60;

/// Verbs that are followed by whom they are said to.
const TELLS: &str = "show|tell|give|list|let|find|get|help|remind|send|bring";

/// Reads the conditions.
///
/// # Errors
/// When there are other words too, or names that must be asked about.
pub(in crate::builtin) fn read(asked: &Asked<'_>, words: &[Word]) -> Result<Filter, Trouble> {
    // Nobody says conditions in so many words; a long text is something else.
    if words.len() > LONGEST {
        return Err(Trouble::Other);
    }
    let has = |any: &str| words.iter().any(|word| !word.quoted && is_any(&word.text, any));
    let done = has("completed|finished|closed|ticked|complete")
        || (has("done") && !words.windows(2).any(|pair| matches!(pair, [a, b] if a.text == "not" && b.text == "done")))
        || (has("finish|complete|close") && has("did"));
    let negated = has("isn't|not|aren't|unfinished|incomplete|uncompleted");
    let mut filter = Filter { done: done && !negated, ..Filter::default() };
    let lean = if filter.done { Lean::Back } else { Lean::Ahead };
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        // In “show me”, “me” is nobody’s work.
        let told = at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| is_any(&word.text, TELLS));
        let to_me = told && rest.first().is_some_and(|word| is_any(&word.text, "me|us"));
        at += if to_me { 1 } else { one(asked, rest, &mut filter, lean)? };
    }
    if filter.overdue && filter.done {
        return Err(Trouble::Other);
    }
    Ok(filter)
}

/// Reads one condition, and tells how many words it takes.
fn one(asked: &Asked<'_>, words: &[Word], filter: &mut Filter, lean: Lean) -> Result<usize, Trouble> {
    if let Some(len) = phrases(words, filter) {
        return Ok(len);
    }
    if let Some((len, period)) = dates::begins(words, &asked.calendar(), lean) {
        let taken = asked.words.written(words.get(..len).unwrap_or(&[]));
        filter.period = Some(period.map_err(|trouble| Trouble::Say(dates::explain(&trouble, &taken)))?);
        return Ok(len);
    }
    if let Some((len, projects)) = mine(asked, words) {
        filter.projects = Some(projects);
        return Ok(len);
    }
    let first = words.first().map_or("", |word| word.text.as_str());
    if words.first().is_some_and(|word| word.quoted) {
        filter.text = words.first().map(|word| asked.words.written(std::slice::from_ref(word)));
        return Ok(1);
    }
    if is_any(first, "my|mine|i|me|myself") && filter.person.is_none() {
        filter.person = asked.world.me;
        return if filter.person.is_some() {
            Ok(1)
        } else {
            Err(Trouble::Say("I do not know yet who you are.".into()))
        };
    }
    if is_any(first, "her|him|his|their|she|he|they") {
        filter.person = Some(asked.last_person().ok_or_else(|| Trouble::Say(nobody_spoken_of(first)))?);
        return Ok(1);
    }
    if let Some(len) = place(asked, words, filter)? {
        return Ok(len);
    }
    let lead = usize::from(is_any(first, "of|for|by|to|with|does"));
    if let Some((len, meant)) = asked.person_at(words.get(lead..).unwrap_or(&[])) {
        filter.person = Some(match meant {
            Meant::One(person) => person,
            Meant::Several(people) => return Err(Trouble::Say(asked.which_person(&people))),
            Meant::Nothing => return Err(Trouble::Other),
        });
        return Ok(lead + len);
    }
    if is_any(first, "about|mentioning|containing|called|named|titled|matching|mention|mentions|contain|contains|with")
        && words.len() > 1
    {
        let text = words.get(1..).unwrap_or(&[]);
        if first != "with" {
            filter.text = Some(asked.words.written(text));
            return Ok(words.len());
        }
    }
    let second = words.get(1).map_or("", |word| word.text.as_str());
    if first == "due" && second == "soon" {
        let today = asked.calendar().today;
        filter.period = Some(dates::Period::span(today, dates::plus(today, 7)));
        return Ok(2);
    }
    if first == "due" && is_any(second, "on|by|before|after|between|until|next|last|around") {
        let after = words.get(1..).unwrap_or(&[]);
        if dates::begins(after, &asked.calendar(), lean).is_none() {
            return Err(Trouble::Say(dates::explain(&dates::Trouble::Unknown, &asked.words.written(after))));
        }
    }
    if is_any(first, FILLERS) {
        return Ok(1);
    }
    if is_any(first, "since|between|from|past|last|before|after|until|next|due")
        || words.get(1).is_some_and(|word| word.text == "ago")
    {
        return Err(Trouble::Say(dates::explain(&dates::Trouble::Unknown, &asked.words.written(words))));
    }
    Err(Trouble::Other)
}

/// “in my projects”, when it is remembered which they are.
pub(in crate::builtin) fn mine(asked: &Asked<'_>, words: &[Word]) -> Option<(usize, Vec<contract::ProjectId>)> {
    let lead = usize::from(words.first().is_some_and(|word| is_any(&word.text, "in|of|from|across|for|on")));
    let said = words.get(lead..lead + 2)?;
    let mine = said.iter().zip(["my", "projects"]).all(|(word, text)| !word.quoted && word.text == text);
    mine.then(|| asked.recall.mine()).flatten().map(|projects| (lead + 2, projects))
}

/// Conditions that are fixed words.
fn phrases(words: &[Word], filter: &mut Filter) -> Option<usize> {
    let at = |at: usize| words.get(at).filter(|word| !word.quoted).map_or("", |word| word.text.as_str());
    match at(0) {
        "overdue" | "late" | "behind" => filter.overdue = true,
        "past" if at(1) == "due" => {
            filter.overdue = true;
            return Some(2);
        }
        "past" | "over" if is_any(at(1), "its|their|the") && is_any(at(2), "deadline|deadlines|due") => {
            filter.overdue = true;
            return Some(if is_any(at(3), "date|dates|day") { 4 } else { 3 });
        }
        "unassigned" | "nobody" | "ownerless" => filter.nobody = true,
        "assigned" if at(1) == "to" && is_any(at(2), "nobody|noone") => {
            filter.nobody = true;
            return Some(3);
        }
        "no" if at(1) == "one" => {
            filter.nobody = true;
            return Some(2);
        }
        "not" if at(1) == "assigned" => {
            filter.nobody = true;
            return Some(2);
        }
        "blocked" | "stuck" => filter.blocked = true,
        "undated" => filter.undated = true,
        "without" | "no" | "with" | "have" | "has" => {
            let mut next = 1;
            while is_any(at(next), "a|an|any|no|due|set") {
                next += 1;
            }
            let negated = at(0) == "without" || words.iter().take(next).any(|word| word.text == "no");
            match at(next) {
                "date" | "dates" | "day" | "deadline" | "deadlines" if negated => filter.undated = true,
                "assignee" | "assignees" | "owner" | "owners" if negated => filter.nobody = true,
                _ => return None,
            }
            return Some(next + 1);
        }
        "open" | "outstanding" | "unfinished" | "incomplete" | "active" | "uncompleted" => filter.done = false,
        "completed" | "finished" | "closed" | "ticked" | "complete" | "close" | "off" => {}
        "to-do" | "to-dos" => filter.kind = Some(Kind::Todo),
        "card" | "cards" => filter.kind = Some(Kind::Card),
        "step" | "steps" => filter.kind = Some(Kind::Step),
        "first" | "top" if number(at(1)).is_some() => {
            filter.first = number(at(1)).and_then(|many| usize::try_from(many).ok());
            return Some(2);
        }
        "soon" => return None,
        _ => return None,
    }
    Some(1)
}

/// “in Website”, “in the Design list”, “of the rider app”.
fn place(asked: &Asked<'_>, words: &[Word], filter: &mut Filter) -> Result<Option<usize>, Trouble> {
    let lead = words.first().filter(|word| !word.quoted).map_or("", |word| word.text.as_str());
    let prepositions = "in|for|of|on|at|from|within|under|inside|across";
    // “here” and “in this project”
    if lead == "here" {
        filter.project = asked.current_project();
        return if filter.project.is_some() { Ok(Some(1)) } else { Err(Trouble::Say(no_project_seen())) };
    }
    if let Some((len, meant)) = asked.project_at(words) {
        filter.project = Some(match meant {
            Meant::One(project) => project,
            Meant::Several(projects) => return Err(Trouble::Say(asked.which_project(&projects))),
            Meant::Nothing => return Err(Trouble::Other),
        });
        return Ok(Some(len));
    }

    if !is_any(lead, prepositions) {
        return Ok(None);
    }
    let told = words.get(1..).unwrap_or(&[]);
    if told.first().is_some_and(|word| is_any(&word.text, "this|that|it")) && lead != "for" && told.len() <= 2 {
        return Err(Trouble::Say(no_project_seen()));
    }
    for len in (1..=told.len().min(7)).rev() {
        let inside = told.get(..len).unwrap_or(&[]);
        let kinds = |kind: Kind| kind.is_column() || matches!(kind, Kind::TodoList | Kind::TodoGroup);
        let found = asked.places(inside, filter.project.or_else(|| later_project(asked, told.get(len..)?)), kinds);
        match found.as_slice() {
            [] => {}
            [one] => {
                filter.place = Some(one.id);
                filter.project = Some(one.project);
                return Ok(Some(len + 1));
            }
            several => {
                let here = asked.current_project();
                let mut near = several.iter().filter(|place| Some(place.project) == here);
                if let (Some(one), None) = (near.next(), near.next()) {
                    filter.place = Some(one.id);
                    filter.project = Some(one.project);
                    return Ok(Some(len + 1));
                }
                let options: Vec<String> = several
                    .iter()
                    .map(|place| {
                        format!(
                            "{} in {}",
                            compose::item(place.id, &place.title),
                            compose::project(asked.world, place.project)
                        )
                    })
                    .collect();
                return Err(Trouble::Say(crate::builtin::followup::question(
                    crate::builtin::followup::Slot::Which,
                    "",
                    &options,
                )));
            }
        }
    }
    // A name that nothing is called by must not be overlooked: the answer would be about something else.
    if is_any(lead, "in|within|inside|under|across") && asked.person_at(told).is_none() {
        let named = asked.words.written(told);
        if !told.is_empty()
            && !told
                .iter()
                .all(|word| is_any(&word.text, "all|every|any|the|our|projects|project|account|total|everything"))
        {
            return Err(Trouble::Say(no_such_project(asked, &named)));
        }
    }
    Ok(None)
}

fn later_project(asked: &Asked<'_>, words: &[Word]) -> Option<contract::ProjectId> {
    asked.project_at(words).and_then(|(_, meant)| meant.one())
}

fn no_project_seen() -> String {
    "I cannot tell which project that is: none is on your screen, and we spoke of none. Name it, please.".to_owned()
}

fn nobody_spoken_of(word: &str) -> String {
    format!("I cannot tell who “{word}” is: we spoke of nobody yet. Name them, please.")
}

/// What is told of a project that there is none of.
pub(in crate::builtin) fn no_such_project(asked: &Asked<'_>, named: &str) -> String {
    let mut projects: Vec<String> =
        asked.world.projects.iter().map(|project| compose::project(asked.world, project.id)).take(6).collect();
    if projects.is_empty() {
        return format!("I know no project or list called “{}”, and no projects at all yet.", compose::plain(named));
    }
    if asked.world.projects.len() > projects.len() {
        projects.push("others".to_owned());
    }
    format!("I know no project or list called “{}”. There are {}.", compose::plain(named), compose::join(&projects))
}
