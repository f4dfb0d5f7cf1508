//! Messages on a project's board.

use contract::commands::PostMessage;
use contract::{ProjectId, Written};

use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::pattern::{Gaps, fits};
use crate::builtin::plan::{Next, Plan, answer, sentence};

/// A subject that is made from the text is no longer than this.
const SUBJECT: usize = 80;

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "post|write|publish|send [a|an|the] [new] message|announcement|update|note to|in|on|for {project} titled|called {title} : {text}",
        "post|write|publish|send [a|an|the] [new] message|announcement|update|note titled|called {title} to|in|on|for {project} : {text}",
        "post|write|publish|send [a|an|the] [new] message|announcement|update|note to|in|on|for {project} : {text}",
        "post|write|publish|send [a|an|the] [new] message|announcement|update|note to|in|on|for {project} saying|that [that] {text}",
        "post|write|publish|send [a|an|the] [new] message|announcement|update|note titled|called {title} to|in|on|for {project}",
        "post|write|publish|send [a|an|the] [new] message|announcement|update|note : {text}",
        "post|write|publish|send [a|an|the] [new] message|announcement|update|note saying|that [that] {text}",
        "post|write|publish|send [a|an|the] [new] message|announcement|update|note to|in|on|for {project}",
        "announce in|to {project} that|: {text}",
        "post|publish {text} to|in|on {project}",
        "tell everyone in|on {project} that|: {text}",
        "post|write|publish|send [a|an|the] [new] message|announcement",
    ];
    let all = fits(asked.core(), patterns);
    let named = all.iter().find(|gaps| gaps.has("project") && !project(asked, gaps).is_nothing());
    let gaps =
        named.or_else(|| all.iter().find(|gaps| gaps.has("text") && !gaps.has("project"))).or_else(|| all.first())?;
    let posts = asked.core().first().is_some_and(|word| word.text == "post" || word.text == "publish");
    if named.is_none() && gaps.has("project") && gaps.has("text") && !posts {
        return None;
    }
    let project = match project_of(asked, gaps) {
        Ok(project) => project,
        Err(question) => return Some(answer(question)),
    };
    let text = match (gaps.get("text"), asked.answer(Slot::Text)) {
        ([], Some(given)) => given.words.written_from(given.words.list()),
        ([], None) if !gaps.has("title") => return Some(answer(followup::question(Slot::Text, "", &[]))),
        ([], None) => String::new(),
        (text, _) => {
            let ends = gaps
                .get("project")
                .first()
                .is_none_or(|word| text.first().is_some_and(|first| first.at.start > word.at.start));
            if ends { asked.words.written_from(text) } else { asked.words.written(text) }
        }
    };
    let (title, body) = match gaps.get("title") {
        [] => subject(&text),
        title => (asked.words.written(title), text),
    };
    Some(plan(PostMessage { project, title, body, notify: Vec::new() }))
}

fn project(asked: &Asked<'_>, gaps: &Gaps<'_>) -> Meant<ProjectId> {
    asked.project(gaps.get("project"))
}

fn project_of(asked: &Asked<'_>, gaps: &Gaps<'_>) -> Result<ProjectId, String> {
    let given = asked.answer(Slot::Project).map(|given| asked.project(followup::without_lead(given.words.list())));
    let meant = match given {
        Some(given) if !given.is_nothing() => given,
        Some(_) | None if gaps.has("project") => project(asked, gaps),
        Some(_) | None => asked.current_project().map_or(Meant::Nothing, Meant::One),
    };
    match meant {
        Meant::One(project) => Ok(project),
        Meant::Several(several) => Err(asked.which_project(&several)),
        Meant::Nothing if gaps.has("project") => {
            let named = compose::plain(&asked.words.written(gaps.get("project")));
            Err(followup::question(Slot::Project, &format!("I know none called “{named}”."), &[]))
        }
        Meant::Nothing => Err(followup::question(Slot::Project, "", &[])),
    }
}

/// The subject and the text: a short text is the subject, a longer one begins with it.
fn subject(text: &str) -> (String, String) {
    let text = text.trim();
    let line = text.lines().next().unwrap_or(text).trim();
    if line.chars().count() <= SUBJECT && line.len() == text.len() {
        return (line.trim_end_matches('.').to_owned(), String::new());
    }
    let first = line.split_inclusive(['.', '!', '?']).next().unwrap_or(line).trim();
    (compose::clip(first.trim_end_matches('.'), SUBJECT), text.to_owned())
}

fn plan<'a>(post: PostMessage) -> Plan<'a> {
    Box::new(move |scene| {
        let link = compose::project(scene.world, post.project);
        let title = compose::plain(&post.title);
        let Some(done) = scene.only(0) else {
            return Next::one(format!("I’ll post “{title}” to {link}; nobody is notified."), &post);
        };
        Next::Say(match (done.reply::<Written>(), done.failure()) {
            (Some(written), _) => format!("Posted {} to {link}.", compose::item(written.item.id, &written.item.title)),
            (None, Some(_)) if done.was_denied() => "You said no. Nothing was posted.".to_owned(),
            (None, Some(why)) => format!("The message was not posted: {}", sentence(why)),
            (None, None) => format!("Posted “{title}” to {link}."),
        })
    })
}
