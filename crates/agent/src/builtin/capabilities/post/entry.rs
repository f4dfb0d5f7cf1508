//! Entries of a project's schedule: whole days, or from one hour to another.

use contract::commands::AddScheduleEntry;
use contract::{ProjectId, Span, Written};
use jiff::civil::{Date, Time, time};
use jiff::{SignedDuration, Timestamp};

use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{self, Lean, Period};
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, answer, sentence};
use crate::builtin::words::{Word, is_any};

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "add|put [a|an|the] {title} to|on|in|into [the] schedule|calendar {rest}",
        "add|put [a|an|the] {title} to|on|in|into [the] schedule|calendar",
        "add|put [a|an|the] {title} to|on|in|into {project} schedule|calendar {rest}",
        "schedule|plan [a|an|the] [new] [event|entry|meeting] {all}",
        "create|add|make|new a|an|new [new] event|meeting|appointment {all}",
        "add a|an|the [new] schedule|calendar entry|event {all}",
    ];
    let fits = fits(asked.core(), patterns);
    let gaps = fits.first()?;
    let mut draft = Draft::default();
    let title = match gaps.has("title") {
        true => {
            if gaps.has("project") {
                draft.take_project(asked, gaps.get("project"))?;
            }
            peel(asked, gaps.get("rest"), &mut draft);
            gaps.get("title")
        }
        false => peel(asked, gaps.get("all"), &mut draft),
    };
    let title = crate::builtin::asked::without(title, "called|named|titled|:|for|a|an|the", "");
    if let Some(problem) = draft.problem {
        return Some(answer(problem));
    }
    let title = match (title, asked.answer(Slot::Title)) {
        ([], Some(given)) => given.words.written(given.words.list()),
        ([], None) => return Some(answer(followup::question(Slot::Title, "", &[]))),
        (title, _) => asked.words.written(title),
    };
    let project = match draft.project.or_else(|| given_project(asked)).or_else(|| asked.current_project()) {
        Some(project) => project,
        None => return Some(answer(followup::question(Slot::Project, "", &[]))),
    };
    let given_day = asked.answer(Slot::Day).and_then(|given| {
        dates::whole(followup::without_lead(given.words.list()), &asked.calendar(), Lean::Ahead).ok()
    });
    let Some((from, to)) = draft.days.or(given_day).and_then(|days| days.from.or(days.to).zip(days.to.or(days.from)))
    else {
        return Some(answer(followup::question(Slot::Day, "", &[])));
    };
    let span = match draft.hours {
        None => Span::Days { from, to },
        Some((begins, ends)) => match hours(asked, from, begins, ends) {
            Some((from, to)) => Span::Hours { from, to },
            None => {
                return Some(answer(
                    "I cannot read those hours. Say “at 14:00” or “from 2pm to 3pm”. Nothing was changed.",
                ));
            }
        },
    };
    Some(plan(AddScheduleEntry {
        project,
        title: compose::capital(&title),
        span,
        body: String::new(),
        participants: Vec::new(),
    }))
}

fn given_project(asked: &Asked<'_>) -> Option<ProjectId> {
    let given = asked.answer(Slot::Project)?;
    asked.project(followup::without_lead(given.words.list())).one()
}

/// What is known of an entry besides its title.
#[derive(Debug, Default)]
struct Draft {
    project: Option<ProjectId>,
    days: Option<Period>,
    hours: Option<(Time, Option<Time>)>,
    problem: Option<String>,
}

impl Draft {
    fn take_project(&mut self, asked: &Asked<'_>, words: &[Word]) -> Option<()> {
        match asked.project(words) {
            Meant::One(project) => self.project = Some(project),
            Meant::Several(several) => self.problem = Some(asked.which_project(&several)),
            Meant::Nothing => return None,
        }
        Some(())
    }
}

/// Takes day, hours and project off the words; what stands before them is the title.
fn peel<'w>(asked: &Asked<'_>, words: &'w [Word], draft: &mut Draft) -> &'w [Word] {
    let mut title = words.len();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let quoted = rest.first().is_some_and(|word| word.quoted);
        let taken = if quoted {
            None
        } else {
            hours_at(asked, rest, draft)
                .or_else(|| days_at(asked, rest, draft))
                .or_else(|| project_at(asked, rest, draft))
        };
        match taken {
            Some(len) => {
                title = title.min(at);
                at += len.max(1);
            }
            None => at += 1,
        }
    }
    words.get(..title).unwrap_or(&[])
}

fn days_at(asked: &Asked<'_>, words: &[Word], draft: &mut Draft) -> Option<usize> {
    if draft.days.is_some() {
        return None;
    }
    let lead = usize::from(words.first().is_some_and(|word| is_any(&word.text, "on|for")));
    let rest = words.get(lead..)?;
    let (len, period) = dates::begins(rest, &asked.calendar(), Lean::Ahead)?;
    match period {
        Ok(period) => draft.days = Some(period),
        Err(trouble) => draft.problem = Some(dates::explain(&trouble, &asked.words.written(rest.get(..len)?))),
    }
    Some(lead + len)
}

fn project_at(asked: &Asked<'_>, words: &[Word], draft: &mut Draft) -> Option<usize> {
    let leads = words.first().is_some_and(|word| is_any(&word.text, "in|for|of|to|on"));
    if draft.project.is_some() || !leads {
        return None;
    }
    let (len, meant) = asked.project_at(words)?;
    match meant {
        Meant::One(project) => draft.project = Some(project),
        Meant::Several(several) => draft.problem = Some(asked.which_project(&several)),
        Meant::Nothing => return None,
    }
    Some(len)
}

/// “at 14:00”, “from 2pm to 3pm”, “at 9 to 10am”.
fn hours_at(asked: &Asked<'_>, words: &[Word], draft: &mut Draft) -> Option<usize> {
    let word = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    if !is_any(word(0), "at|from") || draft.hours.is_some() {
        return None;
    }
    // “at the end of the day” is when the person's working day ends.
    let ends = words.get(1..).and_then(|rest| Some((rest, dates::begins(rest, &asked.calendar(), Lean::Ahead)?.0)));
    if let Some((rest, len)) = ends.filter(|(rest, len)| dates::says_end_of_day(rest.get(..*len).unwrap_or(&[])))
        && word(0) == "at"
    {
        draft.hours = Some((asked.world.working_hours.to, None));
        return Some(1 + rest.len().min(len));
    }
    let begins = clock(word(1))?;
    if is_any(word(2), "to|until|till|-")
        && let Some(ends) = clock(word(3))
    {
        draft.hours = Some((begins, Some(ends)));
        return Some(4);
    }
    draft.hours = Some((begins, None));
    Some(2)
}

/// “14:00”, “2pm”, “2:30pm”, “noon”.
fn clock(word: &str) -> Option<Time> {
    if word == "noon" {
        return Some(time(12, 0, 0, 0));
    }
    let (digits, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        (None, None) => (word, None),
    };
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "0"));
    if half.is_none() && !digits.contains(':') && digits.len() > 2 {
        return None;
    }
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

fn hours(asked: &Asked<'_>, day: Date, begins: Time, ends: Option<Time>) -> Option<(Timestamp, Timestamp)> {
    let zone = asked.world.now.time_zone().clone();
    let at = |time: Time| day.to_datetime(time).to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    let from = at(begins)?;
    let to = match ends {
        Some(ends) => at(ends)?,
        None => from.checked_add(SignedDuration::from_hours(1)).ok()?,
    };
    (to >= from).then_some((from, to))
}

fn plan<'a>(entry: AddScheduleEntry) -> Plan<'a> {
    Box::new(move |scene| {
        let link = compose::project(scene.world, entry.project);
        let title = compose::plain(&entry.title);
        let when = super::super::lists::when(&entry.span, scene.world);
        let Some(done) = scene.only(0) else {
            return Next::one(format!("I’ll add “{title}” to the schedule of {link}: {when}."), &entry);
        };
        Next::Say(match (done.reply::<Written>(), done.failure()) {
            (Some(written), _) => {
                format!(
                    "Added {} to the schedule of {link}: {when}.",
                    compose::item(written.item.id, &written.item.title)
                )
            }
            (None, Some(_)) if done.was_denied() => "You said no. Nothing was changed.".to_owned(),
            (None, Some(why)) => format!("The entry was not added: {}", sentence(why)),
            (None, None) => format!("Added “{title}” to the schedule of {link}."),
        })
    })
}
