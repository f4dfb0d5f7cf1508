//! What an automation does, as people write it: “tell its assignee in Slack”, “wait two days, then comment “Any news?” on it”.
//!
//! Each act is read whole or not at all; what is understood and lacks something is a question.

use contract::{PersonId, ProjectId, RecordingId};

use super::subject::{is_list, one_place};
use crate::builtin::asked::{Asked, without};
use crate::builtin::compose::capital;
use crate::builtin::dates::{Unit, amount};
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::words::{Word, is_any, number};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    Channel { channel: String, text: Option<String> },
    Direct { who: Who, text: Option<String> },
    Mail { who: Who, text: Option<String> },
    Notify { text: Option<String> },
    Comment { text: String },
    Complete,
    Move { to: RecordingId },
    Assign { to: PersonId },
    Postpone { days: i64 },
    Todo { title: Option<String>, list: RecordingId, people: Vec<PersonId> },
    Card { title: Option<String>, column: RecordingId },
    Post { title: Option<String>, project: ProjectId },
    Wait { amount: i64, unit: &'static str },
    Approval { question: String },
    Call { url: String },
    Ask { prompt: String },
    Agent { goal: String },
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// Everyone who does the item.
    Assignees,
    /// Whoever did what started it.
    Author,
    Person(PersonId),
    Address(String),
}

type Read<T> = Option<Result<T, String>>;

/// The verbs that acts begin with: where one begins, an act may have ended.
const VERBS: &str = "post|send|write|put|share|tell|notify|alert|ping|message|dm|let|remind|show|e-mail|email|mail|comment|add|leave|ask|\
    move|assign|give|complete|finish|close|tick|mark|make|create|open|postpone|push|set|wait|call|have|get|summarise|summarize|announce";

/// True where an act may begin.
pub(super) fn begins_act(word: &Word) -> bool {
    !word.quoted && is_any(&word.text, VERBS)
}

/// What the words, all of them, want done, in order. The error is a question about the first that lacks something.
pub(super) fn acts(asked: &Asked<'_>, words: &[Word]) -> Read<Vec<Act>> {
    let words = without(words, "then|and|also|to|please|just", "please");
    for at in 1..words.len() {
        let (Some(head), Some(tail)) = (words.get(..at), words.get(at..)) else { continue };
        let joins = tail.first().is_some_and(|word| !word.quoted && is_any(&word.text, "and|then"));
        if !(joins || head.last().is_some_and(|word| word.comma)) {
            continue;
        }
        // What may be any text ends where the next act begins.
        let Some(first) = act(asked, head) else { continue };
        let Some(rest) = acts(asked, tail) else { continue };
        return Some(first.and_then(|first| rest.map(|rest| [vec![first], rest].concat())));
    }
    Some(act(asked, words)?.map(|act| vec![act]))
}

/// One act.
fn act(asked: &Asked<'_>, words: &[Word]) -> Read<Act> {
    if words.is_empty() {
        return None;
    }
    let (head, text) = split_text(asked, words);
    slack(asked, head, text.as_ref())
        .or_else(|| mail(asked, head, text.as_ref()))
        .or_else(|| comment(asked, head, text.as_ref()))
        .or_else(|| notice(asked, head, text.as_ref()))
        .or_else(|| post(asked, head, text.as_ref()))
        .or_else(|| make(asked, head, text.as_ref()))
        .or_else(|| change(asked, words))
        .or_else(|| other(asked, words))
}

/// Takes “saying …” and “: …” off the end.
fn split_text<'w>(asked: &Asked<'_>, words: &'w [Word]) -> (&'w [Word], Option<String>) {
    for at in 1..words.len() {
        let (Some(head), Some(tail)) = (words.get(..at), words.get(at..)) else { continue };
        let texts: Vec<&str> =
            tail.iter().take(4).map(|word| if word.quoted { "“" } else { word.text.as_str() }).collect();
        let skip = match texts.as_slice() {
            ["saying" | "says" | ":" | "reading", _, ..] => 1,
            ["that" | "which", "says" | "reads", _, ..] => 2,
            ["with", "the", "text" | "words" | "message", _] => 3,
            ["with", "text" | "message", _, ..] => 2,
            _ => continue,
        };
        let said = tail.get(skip..).unwrap_or(&[]);
        let said = if said.first().is_some_and(|word| !word.quoted && word.text == ":") {
            said.get(1..).unwrap_or(&[])
        } else {
            said
        };
        if said.is_empty() {
            continue;
        }
        return (head, Some(asked.words.written(said)));
    }
    (words, None)
}

fn slack(asked: &Asked<'_>, words: &[Word], text: Option<&String>) -> Read<Act> {
    let named = words.last().is_some_and(|word| word.text == "slack");
    let bare = match (named, words) {
        (true, [head @ .., over, _]) if is_any(&over.text, "in|on|by|via|through|over|to") => head,
        (true, [head @ .., _]) => head,
        (true | false, _) => words,
    };
    let has_channel = bare.iter().any(|word| word.text.starts_with('#') && word.text.len() > 1);
    if !named && !has_channel {
        return None;
    }
    let patterns = &[
        "post|send|write|put|share|announce {text} to|in|into|on [the] {channel} [channel]",
        "post|send|write|put|share|announce {text}",
        "post|write|announce [it|this|that] to|in|into|on [the] {channel} [channel]",
        "send|share|put [it|this|that] to|in|into|on [the] {channel} [channel]",
        "tell|notify|alert|ping|message|remind [the] {channel} [channel]",
        "dm {channel}",
        "[let] [the] {channel} know",
        "send|write {channel} a|an [slack|direct] message",
        "send|write a|an [slack|direct] message to [the] {channel} [channel]",
        "post|write|send [a|an] [message]",
    ];
    for gaps in fits(bare, patterns) {
        let (said, to) = (gaps.get("text"), gaps.get("channel"));
        let own = match said {
            [] => None,
            [one] if one.quoted => Some(asked.words.written(said)),
            [_, one] if one.quoted => Some(asked.words.written(std::slice::from_ref(one))),
            _ if said.iter().all(|word| {
                is_any(&word.text, "it|this|that|a|an|the|message|note|word|update|result|answer|summary")
            }) =>
            {
                None
            }
            _ => continue,
        };
        let text = text.cloned().or(own);
        if let [one] = to
            && (one.text.starts_with('#') || one.quoted)
        {
            return Some(Ok(Act::Channel { channel: asked.words.written(to), text }));
        }
        if !to.is_empty()
            && let Some(who) = who(asked, to)
        {
            return Some(who.map(|who| Act::Direct { who, text }));
        }
        let is_vague = to.is_empty()
            || to.iter().all(|word| is_any(&word.text, "team|us|everyone|everybody|channel|the|our|people"));
        if is_vague && named {
            return Some(channel(asked).map(|channel| Act::Channel { channel, text }));
        }
    }
    None
}

/// The channel that the person chose when asked.
fn channel(asked: &Asked<'_>) -> Result<String, String> {
    let given = asked.answer(Slot::Channel).and_then(|given| given.words.list().last().map(|word| (given, word)));
    let Some((given, word)) = given else {
        return Err(followup::question(Slot::Channel, "Such as #general.", &[]));
    };
    let name = given.words.written(std::slice::from_ref(word));
    Ok(if name.starts_with('#') { name } else { format!("#{name}") })
}

/// Who is meant; `None` when it is nobody.
fn who(asked: &Asked<'_>, words: &[Word]) -> Read<Who> {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    match texts.as_slice() {
        ["its" | "the" | "their", "assignee" | "assignees" | "owner" | "owners"]
        | ["whoever" | "who", "does" | "has" | "owns", "it"]
        | ["whoever" | "who", "it", "is", "assigned", "to"]
        | ["whoever", "is", "assigned"]
        | ["everybody" | "everyone", "assigned"]
        | ["assignee" | "assignees"] => return Some(Ok(Who::Assignees)),
        ["whoever" | "who", "made" | "did" | "wrote" | "created" | "moved", "it"]
        | ["its" | "the", "author" | "creator"] => return Some(Ok(Who::Author)),
        [address] if address.contains('@') && address.len() > 3 => {
            return Some(Ok(Who::Address(asked.words.written(words))));
        }
        _ => {}
    }
    match asked.person(words) {
        Meant::One(person) => Some(Ok(Who::Person(person))),
        Meant::Several(several) => Some(Err(asked.which_person(&several))),
        Meant::Nothing => None,
    }
}

fn mail(asked: &Asked<'_>, words: &[Word], text: Option<&String>) -> Read<Act> {
    let patterns = &[
        "e-mail|email|mail {who}",
        "tell|notify|remind|alert {who} by|via|through|with [an] e-mail|email|mail",
        "[let] {who} know by|via e-mail|email|mail",
        "send|write {who} an|a e-mail|email|mail",
        "send|write an|a e-mail|email|mail to {who}",
    ];
    fits(words, patterns).iter().find_map(|gaps| {
        let who = who(asked, gaps.get("who"))?;
        Some(who.map(|who| Act::Mail { who, text: text.cloned() }))
    })
}

fn notice(asked: &Asked<'_>, words: &[Word], text: Option<&String>) -> Read<Act> {
    let bare = match words {
        [head @ .., here] if is_any(&here.text, "here") && !head.is_empty() => head,
        [head @ .., on, this, machine]
            if on.text == "on"
                && is_any(&this.text, "this|my")
                && is_any(&machine.text, "machine|computer|desktop|mac|pc") =>
        {
            head
        }
        _ => words,
    };
    let patterns = &[
        "notify|tell|alert|ping me",
        "[let] me know",
        "remind me",
        "remind|tell me to|about|of {text}",
        "show [me] a|the [desktop] notification",
        "send [me] a|the [desktop] notification",
        "show|notify|tell|remind me {quoted}",
        "show {quoted}",
    ];
    let gaps = fits(bare, patterns);
    let gaps = gaps.iter().find(|gaps| match gaps.get("quoted") {
        [] => true,
        [one] => one.quoted,
        _ => false,
    })?;
    let own = gaps.get("text").iter().chain(gaps.get("quoted")).next().map(|_| {
        let words = if gaps.has("text") { gaps.get("text") } else { gaps.get("quoted") };
        capital(&asked.words.written(words))
    });
    Some(Ok(Act::Notify { text: text.cloned().or(own) }))
}

fn comment(asked: &Asked<'_>, words: &[Word], text: Option<&String>) -> Read<Act> {
    if !fits(words, &["ask [on|in] [it|a] [comment] for a|an status|update [on|in] [it|a|the] [comment]"]).is_empty() {
        return Some(Ok(Act::Comment { text: "How does this stand?".to_owned() }));
    }
    let patterns = &[
        "comment {text} on it|that|there",
        "comment {text}",
        "comment [on] [it|that|there]",
        "add|leave|write|post a|the comment {text} [on] [it]",
        "add|leave|write|post {text} as a comment [on] [it]",
        "add|leave|write|post a comment [on] [it]",
    ];
    let found = fits(words, patterns);
    let quoted = |words: &[Word]| matches!(words, [one] if one.quoted);
    let gaps = found.iter().find(|gaps| !gaps.has("text") || quoted(gaps.get("text")))?;
    let own = Some(gaps.get("text")).filter(|words| !words.is_empty()).map(|words| asked.words.written(words));
    let given = asked.answer(Slot::Text).map(|given| given.words.written_from(given.words.list()));
    Some(
        text.cloned()
            .or(own)
            .or(given)
            .map(|text| Act::Comment { text })
            .ok_or_else(|| followup::question(Slot::Text, "", &[])),
    )
}

fn post(asked: &Asked<'_>, words: &[Word], text: Option<&String>) -> Read<Act> {
    let patterns = &[
        "post|write|publish a|the message {title} to|in|on {project}",
        "post|write|publish {title} to|in|on {project}",
        "post|write|publish a|the message to|in|on {project}",
        "post|write|publish it|that|this to|in|on {project}",
    ];
    fits(words, patterns).iter().find_map(|gaps| {
        let title = gaps.get("title");
        if !(title.is_empty() || matches!(title, [one] if one.quoted)) {
            return None;
        }
        let project = gaps.get("project");
        let project = match project {
            [the, message, board, of, rest @ ..]
                if is_any(&the.text, "the")
                    && message.text == "message"
                    && board.text == "board"
                    && is_any(&of.text, "of|in") =>
            {
                rest
            }
            _ => project,
        };
        let title = text.cloned().or_else(|| (!title.is_empty()).then(|| asked.words.written(title)));
        match asked.project(project) {
            Meant::One(project) => Some(Ok(Act::Post { title, project })),
            Meant::Several(several) => Some(Err(asked.which_project(&several))),
            Meant::Nothing => None,
        }
    })
}

fn make(asked: &Asked<'_>, words: &[Word], text: Option<&String>) -> Read<Act> {
    let patterns = &[
        "make|create|add|open a|an|another|the [new|follow-up] {noun} {title} in|to|on|into {place} for {person}",
        "make|create|add|open a|an|another|the [new|follow-up] {noun} {title} in|to|on|into {place}",
        "make|create|add|open a|an|another|the [new|follow-up] {noun} in|to|on|into {place} {title}",
        "make|create|add|open a|an|another|the [new|follow-up] {noun} in|to|on|into {place}",
        "make|create|add|open a|an|another|the [new|follow-up] {noun} {title}",
        "make|create|add|open a|an|another|the [new|follow-up] {noun} called|named|titled {title} in|to|on|into {place}",
        "make|create|add|put|open {title} in|to|on|into {place}",
    ];
    fits(words, patterns).iter().find_map(|gaps| {
        let is_card = match gaps.get("noun") {
            [] => false,
            [one] if is_any(&one.text, "to-do|task") => false,
            [one] if is_any(&one.text, "card|ticket") => true,
            _ => return None,
        };
        let title = gaps.get("title");
        let is_title = title.is_empty() || matches!(title, [one] if one.quoted);
        if !is_title || (!gaps.has("noun") && title.is_empty()) {
            return None;
        }
        let title = text.cloned().or_else(|| (!title.is_empty()).then(|| asked.words.written(title)));
        let place = gaps.get("place");
        let is_card = is_card || (!gaps.has("noun") && place.last().is_some_and(|word| word.text == "column"));
        if is_card {
            let column = one_place(asked, place, contract::Kind::is_column, "column");
            return Some(column.map(|column| Act::Card { title, column }));
        }
        let people = match gaps.get("person") {
            [] => Vec::new(),
            words => vec![asked.person(words).one()?],
        };
        let list = one_place(asked, place, is_list, "list");
        Some(list.map(|list| Act::Todo { title, list, people }))
    })
}

fn change(asked: &Asked<'_>, words: &[Word]) -> Read<Act> {
    let is = |patterns: &[&'static str]| !fits(words, patterns).is_empty();
    if is(&[
        "complete|finish|close it|that",
        "complete|finish|close the card|to-do|task",
        "tick|check it off",
        "tick|check off it",
        "mark it [as] done|complete|completed|finished",
    ]) {
        return Some(Ok(Act::Complete));
    }
    let moves = &["move|put it|that to|into|in {place}", "move|put the card|to-do|task to|into|in {place}"];
    if let Some(gaps) = fits(words, moves).first() {
        let to = one_place(asked, gaps.get("place"), |kind| kind.is_column() || is_list(kind), "column or list");
        return Some(to.map(|to| Act::Move { to }));
    }
    let assigns = &[
        "assign it|that to {person}",
        "assign the card|to-do|task to {person}",
        "give it|that to {person}",
        "assign {person} [to] [it|that]",
    ];
    for gaps in fits(words, assigns) {
        match asked.person(gaps.get("person")) {
            Meant::One(to) => return Some(Ok(Act::Assign { to })),
            Meant::Several(several) => return Some(Err(asked.which_person(&several))),
            Meant::Nothing => {}
        }
    }
    let postpones = &[
        "postpone|move|push|delay it [back] [by] {span}",
        "postpone|move|push|delay its due day|date [back] [by] {span}",
        "postpone|move|push|delay the card|to-do|task [back] [by] {span}",
        "give it {span} more",
        "give it another {span}",
    ];
    fits(words, postpones).iter().find_map(|gaps| {
        let (len, count, unit) = amount(gaps.get("span"))?;
        let times = match unit {
            Unit::Day => 1,
            Unit::Week => 7,
            Unit::Month => 30,
        };
        (len == gaps.get("span").len()).then_some(Ok(Act::Postpone { days: count * times }))
    })
}

fn other(asked: &Asked<'_>, words: &[Word]) -> Read<Act> {
    let waits = fits(words, &["wait [for] {span}"]);
    if let Some((amount, unit)) = waits.iter().find_map(|gaps| span(gaps.get("span"))) {
        return Some(Ok(Act::Wait { amount, unit }));
    }
    let asks = &[
        "ask me [first|before|for] [my|an] [approval|permission|yes] [before] [that|anything]",
        "wait for my|an approval|yes|okay",
        "get my approval|okay",
        "ask me {question} [first]",
    ];
    for gaps in fits(words, asks) {
        let question = match gaps.get("question") {
            [] => "Shall the automation go on?".to_owned(),
            [one] if one.quoted => asked.words.written(gaps.get("question")),
            _ => continue,
        };
        return Some(Ok(Act::Approval { question }));
    }
    let calls = &["call|open|fetch|request|ping|hit {url}", "send|post it|that|this|everything to {url}"];
    for gaps in fits(words, calls) {
        let url = asked.words.written(gaps.get("url"));
        let is_url = gaps.get("url").len() == 1 && (url.starts_with("https://") || url.starts_with("http://"));
        if is_url {
            return Some(Ok(Act::Call { url }));
        }
    }
    if !fits(
        words,
        &[
            "summarise|summarize it|that|this [with] [the] [ai|model]",
            "have|let [the] ai|model summarise|summarize it|that",
        ],
    )
    .is_empty()
    {
        return Some(Ok(Act::Ask { prompt: "Summarise this in one sentence.".to_owned() }));
    }
    let agents = &["have|let|get the|our agent|assistant [to] {goal}", "ask the agent|assistant to {goal}"];
    if let Some(gaps) = fits(words, agents).first() {
        return Some(Ok(Act::Agent { goal: capital(&asked.words.written(gaps.get("goal"))) }));
    }
    let models =
        &["have|let an|the ai|model {prompt}", "ask an|the ai|model to {prompt}", "ask an|the ai|model {quoted}"];
    fits(words, models).first().map(|gaps| {
        let words = if gaps.has("prompt") { gaps.get("prompt") } else { gaps.get("quoted") };
        Ok(Act::Ask { prompt: capital(&asked.words.written(words)) })
    })
}

/// A span as the delay piece takes it.
fn span(words: &[Word]) -> Option<(i64, &'static str)> {
    if let [count, unit] = words {
        let count = number(&count.text)?;
        match unit.text.as_str() {
            "second" | "seconds" => return Some((count, "seconds")),
            "minute" | "minutes" | "mins" => return Some((count, "minutes")),
            "hour" | "hours" => return Some((count, "hours")),
            _ => {}
        }
    }
    let (len, count, unit) = amount(words)?;
    let times = match unit {
        Unit::Day => 1,
        Unit::Week => 7,
        Unit::Month => 30,
    };
    (len == words.len()).then_some((count * times, "days"))
}
