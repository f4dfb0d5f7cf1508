//! What starts an automation, as people write it: “when a to-do is overdue”, “two days before a card is due”, “every Monday
//! at 9”, “when a form is filled in”.

use contract::commands::FlowEdit;
use contract::{PersonId, RecordingId};
use serde_json::{Map, Value, json};

use super::clock;
use super::subject::{Scope, kinds, peel, same_named};
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{Unit, amount};
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::{Gaps, fits};
use crate::builtin::words::{Word, is_any};

/// What “it” is in the actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Todo,
    Card,
    /// Some other item, or any.
    Other,
    /// There is none.
    None,
}

/// What starts it.
#[derive(Debug, Clone)]
pub(super) struct Start {
    piece: &'static str,
    trigger: &'static str,
    input: Map<String, Value>,
    pub(super) item: Item,
    /// What a message says of it when nobody says otherwise: its subject and its text.
    pub(super) subject: String,
    pub(super) text: String,
    /// It goes on only where nobody does the item.
    pub(super) unassigned: bool,
}

impl Start {
    pub(super) fn new(piece: &'static str, trigger: &'static str, input: Value, item: Item) -> Self {
        let input = match input {
            Value::Object(input) => input,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
        };
        Self { piece, trigger, input, item, subject: String::new(), text: String::new(), unassigned: false }
    }

    fn says(self, subject: &str, text: &str) -> Self {
        Self { subject: subject.to_owned(), text: text.to_owned(), ..self }
    }

    /// The edit that chooses it.
    pub(super) fn edit(&self) -> FlowEdit {
        FlowEdit::Trigger { piece: self.piece.to_owned(), trigger: self.trigger.to_owned(), input: self.input.clone() }
    }

    /// What a trigger that is there already gives to say.
    pub(super) fn of_trigger(trigger: &str, items: &str) -> Self {
        let event = EVENTS.iter().find(|event| event.trigger() == trigger);
        let item = if items.contains("Card") { Item::Card } else { Item::Todo };
        match event {
            Some(event) => {
                let (subject, text) = event.words();
                Self::new("basecamp", event.trigger(), json!({}), item).says(&subject, &text)
            }
            None => Self::new("", "", json!({}), Item::None),
        }
    }
}

/// What happens to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Overdue,
    DueSoon,
    Completed,
    Moved,
    Commented,
    Assigned,
    Created,
}

const EVENTS: [Event; 7] =
    [Event::Overdue, Event::DueSoon, Event::Completed, Event::Moved, Event::Commented, Event::Assigned, Event::Created];

/// A field of what started it.
pub(super) fn of(field: &str) -> String {
    format!("{{{{trigger['output']['{field}']}}}}")
}

impl Event {
    fn trigger(self) -> &'static str {
        match self {
            Self::Overdue => "item_overdue",
            Self::DueSoon => "item_due_soon",
            Self::Completed => "item_completed",
            Self::Moved => "item_moved",
            Self::Commented => "item_commented",
            Self::Assigned => "item_assigned",
            Self::Created => "item_created",
        }
    }

    /// What is said of it: a subject and a text.
    fn words(self) -> (String, String) {
        let (title, project, url) = (of("title"), of("project_name"), of("url"));
        match self {
            Self::Overdue => (
                format!("Overdue: {title}"),
                format!("“{title}” in {project} is overdue since {}. {url}", of("due_on")),
            ),
            Self::DueSoon => {
                (format!("Due soon: {title}"), format!("“{title}” in {project} is due on {}. {url}", of("due_on")))
            }
            Self::Completed => (format!("Done: {title}"), format!("“{title}” in {project} is done. {url}")),
            Self::Moved => (format!("Moved: {title}"), format!("“{title}” was moved to {}. {url}", of("parent_name"))),
            Self::Commented => {
                let by = "{{trigger['output']['by']['name']}}";
                (format!("Comment on {title}"), format!("{by} commented on “{title}”: {} {url}", of("comment")))
            }
            Self::Assigned => (format!("Assigned: {title}"), format!("“{title}” in {project} was assigned. {url}")),
            Self::Created => (format!("New: {title}"), format!("New in {project}: “{title}”. {url}")),
        }
    }

    /// How it is said. Gaps: the item, a person, a place, and who does it.
    fn sentences(self) -> &'static [&'static str] {
        match self {
            Self::Overdue => &[
                "{item} is|becomes|gets|goes|turns|falls|runs|are [now] overdue|late",
                "{item} misses|passes its|the|their due|deadline [day|date]",
                "{item} is past its|the due [day|date]",
                "there is an|a overdue|late {item}",
            ],
            Self::DueSoon => &[
                "{item} is|comes|falls|becomes due soon|tomorrow",
                "{item} is|comes|falls due in {span}",
                "{item} is {span} from|before [being] [its] due [day|date]",
                "{span} before {item} is|comes|falls|becomes due",
                "{span} before {item} due day|date",
            ],
            Self::Moved => &[
                "{item} is|gets moved to|into {place}",
                "{item} moves|goes|comes|gets to|into {place}",
                "{item} enters|reaches {place}",
                "{item} arrives|lands in {place}",
                "{who} moves|drags|puts {item} to|into|in {place}",
            ],
            Self::Commented => &[
                "{who} comments|replies",
                "{who} comments|replies on|to {item}",
                "{item} gets|receives a|another [new] comment",
                "a|any|another [new] comment is|gets added|posted|written|made|left",
                "a|any|another [new] comment is|gets added|posted|written|made|left on {item}",
                "there is a [new] comment",
                "there is a [new] comment on {item}",
                "{who} adds|writes|posts|leaves a comment",
                "{who} adds|writes|posts|leaves a comment on {item}",
            ],
            Self::Assigned => &[
                "{item} is|gets assigned|given to {person}",
                "{item} is|gets assigned",
                "i am|get|am|'m assigned|given [to] {item}",
                "{who} assigns {item} to {person}",
                "{who} assigns|gives me|us {item}",
                "{who} is|gets assigned|given [to] {item}",
            ],
            Self::Completed => &[
                "{item} is|gets|are completed|done|finished|closed|complete",
                "{item} is|gets ticked|checked off",
                "{item} has been completed|done|finished|closed",
                "{who} completes|finishes|closes {item}",
                "{who} ticks|checks off {item}",
                "{who} ticks|checks {item} off",
            ],
            Self::Created => &[
                "{item} is|gets|are made|created|added|posted|uploaded|written|published|opened|scheduled",
                "{item} has been made|created|added|posted|uploaded|written|published|opened|scheduled",
                "{item} appears|arrives",
                "{item} comes in",
                "there is a|an new {item}",
                "{who} makes|creates|adds|posts|uploads|writes|publishes|opens|schedules {item}",
            ],
        }
    }
}

/// What the words, all of them, say starts it; `None` when they do not. The error is a question.
pub(super) fn clause(asked: &Asked<'_>, words: &[Word]) -> Option<Result<Start, String>> {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let bare = match texts.as_slice() {
        ["as", "soon", "as", ..] => words.get(3..)?,
        ["every" | "each" | "any", "time", ..] => words.get(2..)?,
        ["when" | "whenever" | "if" | "once", ..] => words.get(1..)?,
        ["by", "hand" | "button"] | ["on", "demand"] => return Some(Ok(by_hand())),
        _ => {
            let timed = clock::clause(asked, words).map(Ok);
            return timed.or_else(|| before(words).then(|| event(asked, words)).flatten());
        }
    };
    other(bare).map(Ok).or_else(|| event(asked, bare))
}

fn before(words: &[Word]) -> bool {
    amount(words).is_some_and(|(len, ..)| words.get(len).is_some_and(|word| word.text == "before"))
        || words
            .first()
            .is_some_and(|word| is_any(&word.text, "a|the") && words.get(1).is_some_and(|word| word.text == "day"))
}

fn by_hand() -> Start {
    Start::new("manual-trigger", "manual_trigger", json!({}), Item::None)
}

/// What starts it and is nothing in Basecamp.
fn other(words: &[Word]) -> Option<Start> {
    let is = |patterns: &[&'static str]| !fits(words, patterns).is_empty();
    if is(&[
        "a|the|my|our [incoming] webhook|hook is called|hit|triggered|received",
        "a|the|my|our [incoming] webhook|hook arrives|fires|comes [in]",
        "another|some program|app calls [it]",
        "its webhook|address is called",
    ]) {
        let start = Start::new("webhook", "catch_webhook", json!({}), Item::None);
        return Some(start.says("A webhook was called", &of("body")));
    }
    if is(&[
        "a|the|my|our [web|request|contact] form is filled in|out",
        "a|the|my|our [web|request|contact] form is submitted|sent",
        "somebody|someone|anybody|anyone|people fills|fill in|out a|the|my|our [web|request|contact] form",
        "somebody|someone|anybody|anyone submits|sends a|the|my|our [web|request|contact] form",
    ]) {
        let inputs = json!({ "inputs": [
            { "displayName": "Title", "type": "text", "required": true },
            { "displayName": "Details", "type": "text_area", "required": false },
        ] });
        let start = Start::new("forms", "form_submission", inputs, Item::None);
        return Some(start.says(&of("title"), &format!("{}: {}", of("title"), of("details"))));
    }
    is(&["i press|push|click|hit a|the [run] button", "i say so", "i start|run it [myself|by] [hand]"]).then(by_hand)
}

fn event(asked: &Asked<'_>, words: &[Word]) -> Option<Result<Start, String>> {
    let mut scope = Scope::default();
    // What narrows it down may stand behind the verb; of what is moved, the place is no scope.
    let peeled = peel(asked, words, &mut scope);
    found(asked, peeled, &scope).or_else(|| found(asked, words, &Scope::default()))
}

fn found(asked: &Asked<'_>, words: &[Word], scope: &Scope) -> Option<Result<Start, String>> {
    EVENTS.iter().find_map(|event| {
        fits(words, event.sentences()).iter().find_map(|gaps| filled(asked, *event, gaps, words, scope.clone()))
    })
}

fn filled(
    asked: &Asked<'_>,
    event: Event,
    gaps: &Gaps<'_>,
    words: &[Word],
    mut scope: Scope,
) -> Option<Result<Start, String>> {
    let items = match gaps.has("item") {
        true => kinds(asked, gaps.get("item"), &mut scope)?,
        false => &[],
    };
    if event != Event::Commented && gaps.has("item") && items == ["Comment"] && event != Event::Created {
        return None;
    }
    if gaps.has("who") {
        who(asked, gaps.get("who"), event, &mut scope)?;
    }
    if gaps.has("person") {
        scope.people.extend(asked.person(gaps.get("person")).one().map(Some)?);
    }
    if event == Event::Assigned && !gaps.has("person") && says_me(words, gaps.get("item")) {
        scope.people.extend(asked.world.me);
    }
    let mut parents: Vec<RecordingId> = scope.parents.clone();
    if gaps.has("place") {
        match same_named(asked, gaps.get("place")) {
            Some(Ok(places)) => parents.extend(places),
            Some(Err(question)) => return Some(Err(question)),
            None => {
                let told = format!(
                    "There is no column or list called “{}”.",
                    compose::plain(&asked.words.written(gaps.get("place")))
                );
                return Some(Err(followup::question(Slot::Place, &told, &[])));
            }
        }
    }
    if let Some(question) = scope.problem {
        return Some(Err(question));
    }
    let days = match gaps.get("span") {
        [] => 1,
        span => days(span)?,
    };
    let mut input = Map::new();
    let mut put = |name: &str, ids: Vec<String>| {
        if !ids.is_empty() {
            input.insert(name.to_owned(), ids.into());
        }
    };
    put("items", items.iter().map(|item| (*item).to_owned()).collect());
    put("projects", scope.projects.iter().map(ToString::to_string).collect());
    put("parents", parents.iter().map(ToString::to_string).collect());
    put("people", people(&scope.people));
    if !scope.words.is_empty() {
        input.insert("words".to_owned(), scope.words.into());
    }
    if event == Event::DueSoon {
        let soon = if gaps.has("span") || says(asked, "tomorrow") { days } else { 2 };
        input.insert("days".to_owned(), soon.into());
    }
    let item = match items {
        ["Todo"] => Item::Todo,
        ["Kanban::Card"] => Item::Card,
        _ => Item::Other,
    };
    let (subject, text) = event.words();
    let start =
        Start { input, unassigned: scope.unassigned, ..Start::new("basecamp", event.trigger(), json!({}), item) };
    Some(Ok(start.says(&subject, &text)))
}

fn people(people: &[PersonId]) -> Vec<String> {
    let mut ids: Vec<String> = people.iter().map(ToString::to_string).collect();
    ids.dedup();
    ids
}

/// Whoever does it: anybody, or of what is assigned the person who gets it.
fn who(asked: &Asked<'_>, words: &[Word], event: Event, scope: &mut Scope) -> Option<()> {
    const ANYBODY: &str = "somebody|someone|anybody|anyone|people|they|we|everybody|client|customer|colleague|i|you";
    let bare = crate::builtin::asked::without(words, "a|an|the|any|some|else", "else");
    if let [one] = bare
        && is_any(&one.text, ANYBODY)
    {
        return Some(());
    }
    let person = asked.person(words).one()?;
    if event != Event::Assigned {
        return None;
    }
    scope.people.push(person);
    Some(())
}

/// The sentence says, before the item, that it is the person who gets it.
fn says_me(words: &[Word], item: &[Word]) -> bool {
    let Some(at) = item.first().map(|word| word.at.start) else { return false };
    words.iter().filter(|word| word.at.start < at).any(|word| !word.quoted && is_any(&word.text, "i|me|us|i'm"))
}

fn says(asked: &Asked<'_>, any: &str) -> bool {
    asked.words.list().iter().any(|word| !word.quoted && is_any(&word.text, any))
}

/// A span in whole days.
fn days(words: &[Word]) -> Option<i64> {
    let words = crate::builtin::asked::without(words, "the", "");
    if let [one] = words
        && one.text == "day"
    {
        return Some(1);
    }
    let (len, count, unit) = amount(words)?;
    let days = match unit {
        Unit::Day => count,
        Unit::Week => count * 7,
        Unit::Month => count * 30,
    };
    (len == words.len() && (0..=365).contains(&days)).then_some(days)
}
