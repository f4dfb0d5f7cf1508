//! What was understood as edits of an automation. Messages that nobody worded say what started it.

use contract::commands::{FlowBranch, FlowCompare, FlowCondition, FlowEdit};
use serde_json::{Map, Value, json};

use super::acts::{Act, Who};
use super::starts::{Item, Start, of};
use crate::builtin::followup::{self, Slot};

/// Addresses of people, where mail is sent or somebody is looked up by it.
pub(super) trait Addresses {
    /// Of a person; `None` when it is not known.
    fn of(&self, person: contract::PersonId) -> Option<String>;
    /// Of whoever builds it: what is sent comes from there.
    fn mine(&self) -> Option<String>;
}

/// True when an address has to be looked up first.
pub(super) fn needs_addresses(acts: &[Act]) -> bool {
    acts.iter().any(|act| matches!(act, Act::Mail { .. } | Act::Direct { who: Who::Person(_), .. }))
}

/// The edits of the acts, from a place on. `given` is a text that the person gave when they were asked for one.
///
/// # Errors
/// A question, when something is missing.
pub(super) fn edits(
    start: &Start,
    acts: &[Act],
    at: &str,
    addresses: &dyn Addresses,
    given: Option<String>,
) -> Result<Vec<FlowEdit>, String> {
    let mut builder = Builder { start, addresses, given, edits: Vec::new(), at: at.to_owned(), made: 0, answer: None };
    if start.unassigned {
        let nobody = condition(&of("assignees"), FlowCompare::Empty);
        builder.branch("Does anybody do it?", "Nobody does it", nobody);
    }
    for act in acts {
        builder.add(act)?;
    }
    Ok(builder.edits)
}

struct Builder<'b> {
    start: &'b Start,
    addresses: &'b dyn Addresses,
    given: Option<String>,
    edits: Vec<FlowEdit>,
    at: String,
    made: u32,
    /// What a model answered last.
    answer: Option<String>,
}

impl Builder<'_> {
    fn handle(&mut self) -> String {
        self.made += 1;
        format!("new_{}", self.made)
    }

    fn step(&mut self, piece: &str, action: &str, label: &str, input: Value) -> String {
        let handle = self.handle();
        let input = match input {
            Value::Object(input) => input.into_iter().filter(|(_, value)| !value.is_null()).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
        };
        self.edits.push(FlowEdit::Step {
            piece: piece.to_owned(),
            action: action.to_owned(),
            input,
            label: label.to_owned(),
            handle: handle.clone(),
            at: std::mem::replace(&mut self.at, handle.clone()),
        });
        handle
    }

    /// What follows stands in this branch.
    fn branch(&mut self, label: &str, name: &str, when: FlowCondition) {
        let handle = self.handle();
        self.edits.push(FlowEdit::Router {
            branches: vec![FlowBranch { name: name.to_owned(), when: vec![when], any: false }],
            label: label.to_owned(),
            handle: handle.clone(),
            at: std::mem::replace(&mut self.at, format!("{handle}/{name}")),
        });
    }

    /// Does what `each` adds once for everyone who does the item.
    fn for_assignees(&mut self, each: impl FnOnce(&mut Self, &str)) {
        let handle = self.handle();
        self.edits.push(FlowEdit::Loop {
            items: of("assignees"),
            label: "For each assignee".to_owned(),
            handle: handle.clone(),
            at: std::mem::replace(&mut self.at, format!("{handle}/each")),
        });
        each(self, &format!("{{{{{handle}['output']['item']['email']}}}}"));
        self.at = handle;
    }

    /// The text of a message: what was said, what a model answered, or what started it.
    fn text(&self, said: Option<&String>) -> Result<String, String> {
        let usual = || Some(self.start.text.clone()).filter(|text| !text.is_empty());
        let found = said.cloned().or_else(|| self.answer.clone()).or_else(usual).or_else(|| self.given.clone());
        found.ok_or_else(|| followup::question(Slot::Text, "", &[]))
    }

    fn subject(&self, text: &str) -> String {
        if self.start.subject.is_empty() { text.chars().take(80).collect() } else { self.start.subject.clone() }
    }

    /// The item that started it, as an act needs it.
    fn item(&self, act: &str) -> Result<Item, String> {
        match self.start.item {
            Item::None => Err(format!("What should I {act}? Nothing in Basecamp starts this. Name it, please.")),
            Item::Todo | Item::Card | Item::Other => Ok(self.start.item),
        }
    }

    fn card_or_todo(&self, act: &str) -> Result<bool, String> {
        match self.item(act)? {
            Item::Card => Ok(true),
            Item::Todo => Ok(false),
            Item::Other | Item::None => {
                Err(format!("Is it about to-dos or about cards? I can {act} either, and need to know which."))
            }
        }
    }

    fn add(&mut self, act: &Act) -> Result<(), String> {
        match act {
            Act::Channel { channel, text } => {
                let text = self.text(text.as_ref())?;
                let label = format!("Post to {channel}");
                self.step("slack", "send_channel_message", &label, json!({ "channel": channel, "text": text }));
            }
            Act::Direct { who, text } => {
                let text = self.text(text.as_ref())?;
                self.told(who, &|builder, address| {
                    let found = builder.step(
                        "slack",
                        "slack-find-user-by-email",
                        "Find them in Slack",
                        json!({ "email": address }),
                    );
                    let user = format!("{{{{{found}['output']['user']['id']}}}}");
                    builder.step(
                        "slack",
                        "send_direct_message",
                        "Tell them in Slack",
                        json!({ "userId": user, "text": text }),
                    );
                })?;
            }
            Act::Mail { who, text } => {
                let text = self.text(text.as_ref())?;
                let subject = self.subject(&text);
                let from =
                    self.addresses.mine().ok_or("Which address should it come from? Basecamp knows none of yours.")?;
                self.told(who, &|builder, address| {
                    let input = json!({
                        "from": from, "to": [address], "subject": subject, "body_type": "plain_text", "body": text,
                    });
                    builder.step("smtp", "send-email", "Send an e-mail", input);
                })?;
            }
            Act::Notify { text } => {
                let text = self.text(text.as_ref())?;
                let input = match self.start.subject.as_str() {
                    "" => json!({ "title": text }),
                    subject => json!({ "title": subject, "body": text, "link": self.link() }),
                };
                self.step("notification", "show", "Notify me", input);
            }
            Act::Comment { text } => {
                self.item("comment on")?;
                self.step("basecamp", "add_comment", "Comment on it", json!({ "item": of("id"), "body": text }));
            }
            Act::Complete => {
                if self.card_or_todo("complete")? {
                    return Err("Which column should the card go to? A card is done in the done column.".to_owned());
                }
                self.step("basecamp", "complete_todo", "Tick it off", json!({ "id": of("id") }));
            }
            Act::Move { to } => {
                let place = to.to_string();
                match self.card_or_todo("move")? {
                    true => {
                        self.step("basecamp", "move_card", "Move the card", json!({ "id": of("id"), "column": place }))
                    }
                    false => {
                        self.step("basecamp", "move_todo", "Move the to-do", json!({ "id": of("id"), "parent": place }))
                    }
                };
            }
            Act::Assign { to } => {
                let action = if self.card_or_todo("assign")? { "assign_card" } else { "assign_todo" };
                self.step("basecamp", action, "Assign it", json!({ "id": of("id"), "assignees": [to.to_string()] }));
            }
            Act::Postpone { days } => {
                let action = if self.card_or_todo("postpone")? { "reschedule_card" } else { "reschedule_todo" };
                let later = json!({ "date": of("due_on"), "amount": days, "unit": "days", "form": "date" });
                let day = self.step("data", "date_add", "The day it moves to", later);
                let day = format!("{{{{{day}['output']}}}}");
                self.step("basecamp", action, "Set its due day", json!({ "id": of("id"), "due_on": day }));
            }
            Act::Todo { title, list, people } => {
                let title = self.title(title.as_ref())?;
                let people: Vec<String> = people.iter().map(ToString::to_string).collect();
                let people = (!people.is_empty()).then_some(people);
                let input = json!({ "parent": list.to_string(), "title": title, "assignees": people });
                self.step("basecamp", "create_todo", "Make a to-do", input);
            }
            Act::Card { title, column } => {
                let input = json!({ "column": column.to_string(), "title": self.title(title.as_ref())? });
                self.step("basecamp", "create_card", "Make a card", input);
            }
            Act::Post { title, project } => {
                let body = self.text(None).ok();
                let title = match (title, &body) {
                    (Some(title), _) => title.clone(),
                    (None, Some(body)) => self.subject(body),
                    (None, None) => return Err(followup::question(Slot::Text, "", &[])),
                };
                let input = json!({ "project": project.to_string(), "title": title, "body": body });
                self.step("basecamp", "post_message", "Post a message", input);
            }
            Act::Wait { amount, unit } => {
                let label = format!("Wait {amount} {unit}");
                self.step("delay", "delayFor", &label, json!({ "delayFor": amount, "unit": unit }));
            }
            Act::Approval { question } => {
                let asked = self.step("approval", "wait_for_approval", "Ask me", json!({ "question": question }));
                let said = format!("{{{{{asked}['output']['approved']}}}}");
                self.branch("Did I say yes?", "Approved", condition(&said, FlowCompare::True));
            }
            Act::Call { url } => {
                self.step("http", "send_request", "Call the address", json!({ "method": "POST", "url": url }));
            }
            Act::Ask { prompt } => {
                let about = Some(self.start.text.as_str()).filter(|text| !text.is_empty());
                let prompt = about.map_or_else(|| prompt.clone(), |about| format!("{prompt}\n\n{about}"));
                let asked = self.step("ai", "prompt", "Ask a model", json!({ "prompt": prompt }));
                self.answer = Some(format!("{{{{{asked}['output']['answer']}}}}"));
            }
            Act::Agent { goal } => {
                let material = (self.start.item != Item::None).then_some("{{trigger['output']}}");
                let done =
                    self.step("ai", "agent", "Have the agent work", json!({ "goal": goal, "material": material }));
                self.answer = Some(format!("{{{{{done}['output']['answer']}}}}"));
            }
        }
        Ok(())
    }

    /// Has everyone of these told by their address.
    fn told(&mut self, who: &Who, tell: &dyn Fn(&mut Self, &str)) -> Result<(), String> {
        match who {
            Who::Assignees => {
                self.item("look for assignees of")?;
                self.for_assignees(|builder, address| tell(builder, address));
            }
            Who::Author => {
                self.item("look for the author of")?;
                tell(self, "{{trigger['output']['by']['email']}}");
            }
            Who::Address(address) => tell(self, address),
            Who::Person(person) => {
                let address = self.addresses.of(*person);
                tell(self, &address.ok_or("Which e-mail address is theirs? Basecamp does not tell me one.")?);
            }
        }
        Ok(())
    }

    fn title(&self, said: Option<&String>) -> Result<String, String> {
        let usual = match (&self.answer, self.start.subject.as_str()) {
            (Some(answer), _) => Some(answer.clone()),
            (None, "") => None,
            (None, subject) => Some(subject.to_owned()),
        };
        let found = said.cloned().or(usual).or_else(|| self.given.clone());
        found.ok_or_else(|| followup::question(Slot::Text, "", &[]))
    }

    fn link(&self) -> Option<String> {
        (self.start.item != Item::None).then(|| of("url"))
    }
}

fn condition(value: &str, is: FlowCompare) -> FlowCondition {
    FlowCondition { value: value.to_owned(), is, than: String::new() }
}
