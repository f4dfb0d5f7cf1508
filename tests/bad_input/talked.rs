//! The commands about the assistant, given input that is wrong in every place and in every way: made from their schemas, so
//! that a command that is added is met too.

use contract::{Code, Fault};
use serde_json::{Value, json};

use crate::program::serving::Served;
use crate::shell::{Shell, in_use, says, stand_in};
use crate::support::{Form, Place, Wants, forms};

fn is_ours(name: &str) -> bool {
    ["chat.", "permission.", "memory.", "model.", "recipe."].iter().any(|start| name.starts_with(start))
        || name == "output.read"
}

/// What may be wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// Of another kind than is wanted: such input cannot be read.
    Kind,
    /// An id that nothing has.
    Nobody,
    /// Nothing but white space.
    Blank,
    /// A megabyte.
    Huge,
    /// With characters that people cannot see, or that turn the words around them.
    Unseen,
}

/// A megabyte that is no number, no name and no command.
fn huge() -> String {
    "All work and no play. ".repeat((1 << 20) / 22)
}

fn wrong(place: &Place) -> Vec<(Wrong, Value)> {
    let mut wrong: Vec<(Wrong, Value)> = vec![(Wrong::Kind, json!({})), (Wrong::Kind, json!([[]]))];
    let kinds = |values: &[Value]| values.iter().map(|value| (Wrong::Kind, value.clone())).collect::<Vec<_>>();
    match &place.wants {
        Wants::Id(_) => {
            wrong.extend(kinds(&[json!("abc"), json!(""), json!(1.5), json!(true), json!("92233720368547758070")]));
            for id in ["424242", "-7", "9223372036854775807", "-9223372036854775808"] {
                wrong.push((Wrong::Nobody, json!(id)));
            }
            wrong.push((Wrong::Kind, json!(huge())));
        }
        Wants::Text | Wants::Secret => {
            wrong.extend(kinds(&[json!(7), json!(true)]));
            wrong.push((Wrong::Blank, json!(" \n\t ")));
            wrong.push((Wrong::Huge, json!(huge())));
            for words in [
                "Words\u{202e}sdrow",
                "Wo\u{200b}rds\u{feff}",
                "Words\nand more",
                "Words\u{7}\u{1b}[31m",
                "\u{2066}Words",
            ] {
                wrong.push((Wrong::Unseen, json!(words)));
            }
        }
        Wants::Day | Wants::Instant => {
            wrong.extend(kinds(&[json!("tomorrow"), json!("2026-02-30"), json!(20_261_201), json!("")]));
        }
        Wants::Number => wrong.extend(kinds(&[json!("many"), json!(-1), json!(1.5), json!(1e30), json!(true)])),
        Wants::Flag => wrong.extend(kinds(&[json!("yes"), json!(1)])),
        Wants::Word(_) => wrong.extend(kinds(&[json!("unicorn"), json!(""), json!(7), json!(huge())])),
    }
    wrong
}

/// What is there to be asked about: a conversation with a card that waits, and one more of everything.
struct There {
    conversation: Value,
    call: Value,
    fingerprint: Value,
    memory: Value,
    set: Value,
    recipe: Value,
}

impl There {
    async fn on(served: &Served, list: &Value) -> Self {
        let title = "Sweep the rehearsal room";
        let set = served.does("todo.create", &json!({ "parent": list, "title": title })).await["set"].clone();
        let recipe = json!({ "name": "Sweeping", "sets": [set] });
        let recipe = served.does("recipe.save", &recipe).await["id"].clone();
        let conversation = served.does("chat.start", &json!({})).await["id"].clone();
        let memory = served.does("memory.remember", &json!({ "text": "Ana is the designer." })).await["id"].clone();
        let base = "http://127.0.0.1:9/v1";
        served.does("model.connect", &json!({ "vendor": "compatible", "model": "m", "base": base })).await;
        let say = json!({ "conversation": conversation, "text": format!("Complete \"{title}\"") });
        served.does("chat.say", &say).await;
        let call = loop {
            let view = served.does("chat.show", &json!({ "id": conversation })).await;
            let asked = view["calls"].as_array().unwrap().iter().find(|call| call["state"] == "asked").cloned();
            if let Some(call) = asked {
                break call;
            }
            assert_ne!(view["conversation"]["stage"], "idle", "it waits for nobody: {view:#}");
        };
        Self {
            conversation,
            call: call["call"]["id"].clone(),
            fingerprint: call["fingerprint"].clone(),
            memory,
            set,
            recipe,
        }
    }

    /// What stands in a place when nothing is wrong with it.
    fn right(&self, form: &Form, place: &Place) -> Option<Value> {
        match &place.wants {
            Wants::Id(of) if of == "ConversationId" => Some(self.conversation.clone()),
            Wants::Id(of) if of == "CallId" => Some(self.call.clone()),
            Wants::Id(of) if of == "MemoryId" => Some(self.memory.clone()),
            Wants::Id(of) if of == "ModelId" => Some(json!("1")),
            Wants::Id(of) if of == "ChangeSetId" => Some(self.set.clone()),
            Wants::Id(of) if of == "RecipeId" => Some(self.recipe.clone()),
            Wants::Text if place.field == "fingerprint" => Some(self.fingerprint.clone()),
            Wants::Text if place.field == "tool" => Some(json!("todo.complete")),
            Wants::Text if place.field == "base" => Some(json!("http://127.0.0.1:9/v1")),
            Wants::Word(_) if form.command.name == "model.connect" => Some(json!("compatible")),
            Wants::Id(_)
            | Wants::Text
            | Wants::Secret
            | Wants::Day
            | Wants::Instant
            | Wants::Number
            | Wants::Flag
            | Wants::Word(_) => None,
        }
    }

    /// The least input in which this place is, with this in it.
    fn input(&self, form: &Form, place: &Place, value: &Value) -> Value {
        let fill = |whole| {
            form.filled(whole, &mut |other| if other == place { Some(value.clone()) } else { self.right(form, other) })
        };
        let (mut input, mut whole) = (fill(false), fill(true));
        let top = place.path.split('.').next().unwrap();
        input[top] = whole[top].take();
        input
    }
}

/// Where a text may be anything that a person writes or pastes, and where what is named need not be there any more.
fn takes(name: &str, place: &Place, wrong: Wrong) -> bool {
    match (name, place.path.as_str()) {
        // The words of a person are kept as they are, up to their greatest length.
        ("chat.say", "text") => matches!(wrong, Wrong::Unseen | Wrong::Huge),
        ("chat.draft", "text") => wrong != Wrong::Kind,
        // What the screen showed may be gone, and bears the names that others gave it.
        ("chat.say", path) if path.starts_with("seeing.") => wrong != Wrong::Kind,
        // A search for nothing leaves nothing out, and one for odd words finds nothing.
        ("chat.list", "query") => wrong != Wrong::Kind,
        // Says in its answer why it would be refused.
        ("chat.preview", _) => wrong != Wrong::Kind,
        // A word of why, or none.
        ("chat.decide", "decisions.decision.why") => matches!(wrong, Wrong::Unseen | Wrong::Blank),
        // Left out, it is the model's own; and no key is no key.
        ("model.connect", "label" | "key" | "base") => wrong == Wrong::Blank,
        _ => false,
    }
}

/// A fault in words that a person can read, with a code that fits what is wrong.
#[track_caller]
fn fits(name: &str, place: &Place, wrong: Wrong, text: &str) {
    let short: String = text.chars().take(300).collect();
    let fault: Fault = serde_json::from_str(text).unwrap_or_else(|_| panic!("{name}, {place:?}, {wrong:?}: {short}"));
    let codes: &[Code] = match wrong {
        Wrong::Kind | Wrong::Blank | Wrong::Unseen => &[Code::Invalid],
        Wrong::Huge => &[Code::Invalid, Code::Conflict],
        Wrong::Nobody => &[Code::NotFound, Code::Invalid],
    };
    let stale = place.field == "fingerprint" && wrong != Wrong::Kind;
    assert!(
        codes.contains(&fault.code) || (stale && fault.code == Code::Conflict),
        "{name}, {place:?}, {wrong:?}: {short}"
    );
    assert!(fault.message.chars().count() <= 600, "{name}, {}: it repeats what it was given: {short}", place.path);
    assert!(!fault.message.chars().any(char::is_control), "{name}, {}: {:?}", place.path, fault.message);
    says(&fault, &[]);
}

/// What must be as it was.
async fn state(served: &Served) -> Value {
    let mut all = Vec::new();
    for name in
        ["chat.list", "permission.show", "memory.list", "model.list", "recipe.list", "history.list", "outbox.list"]
    {
        all.push(served.does(name, &json!({})).await);
    }
    // What was typed is kept without a word, and when something was said last is no matter.
    for talk in all[0].as_array_mut().unwrap() {
        talk["draft"].take();
        talk["updated_at"].take();
    }
    json!(all)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_about_the_assistant_is_refused_in_words_and_changes_nothing() {
    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    let served = Served::start(&shell).await;
    let there = There::on(&served, &in_use(&sim, "A list in use")).await;
    // What is said below waits its turn: a card is shown.
    let before = state(&served).await;
    let (mut asked, mut refused) = (0, 0);
    for form in forms().iter().filter(|form| is_ours(form.command.name)) {
        let name = form.command.name;
        for place in form.places() {
            for (wrong, value) in wrong(&place) {
                // The card is wanted for what comes after.
                if name == "chat.decide" && takes(name, &place, wrong) {
                    continue;
                }
                let input = there.input(form, &place, &value);
                let answer = served.calls(name, &input).await;
                let (ok, text) = (answer.status().is_success(), answer.text().await.unwrap());
                asked += 1;
                if ok {
                    let shown: String = input.to_string().chars().take(200).collect();
                    assert!(takes(name, &place, wrong), "{name}, {place:?}, {wrong:?}: it took {shown}");
                    continue;
                }
                refused += 1;
                fits(name, &place, wrong, &text);
            }
        }
    }
    println!("{asked} inputs, {refused} refused");
    assert!(refused > 400, "{refused} of {asked}");
    assert_eq!(state(&served).await, before, "something was changed by what was refused");
    served.does("chat.stop", &json!({ "conversation": there.conversation })).await;
    let answer = served.running.interrupted().await;
    assert_eq!(answer.status, Some(0), "{}", answer.err);
    assert!(!answer.err.contains("panicked"), "{}", answer.err);
}

/// The same at a terminal: nothing at all, words that are no input, what nobody has, and a megabyte. The exit status says the
/// same as the code.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_about_the_assistant_ends_the_program_with_the_status_of_its_fault() {
    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    let mut met = 0;
    for form in forms().iter().filter(|form| is_ours(form.command.name)) {
        let name = form.command.name;
        let mut inputs: Vec<String> = vec!["[]".into(), "{".into(), "nothing".into(), format!("\"{}\"", huge())];
        if form.places().iter().any(|place| !place.spare) {
            inputs.push(String::new());
        }
        inputs.push(
            form.filled(false, &mut |place| match place.wants {
                Wants::Id(_) => Some(json!("424242")),
                Wants::Text | Wants::Secret => Some(json!(huge())),
                Wants::Day | Wants::Instant | Wants::Number | Wants::Flag | Wants::Word(_) => None,
            })
            .to_string(),
        );
        for input in inputs {
            let answer = shell.tell_text(&["call", name, "-"], &input);
            let status = answer.status.unwrap_or_else(|| panic!("{name}: a signal ended it"));
            assert_ne!(status, 101, "{name}: {}", answer.err);
            assert!(!answer.err.contains("panicked"), "{name}: {}", answer.err);
            if status == 0 {
                // What takes nothing has nothing to refuse, and a preview tells in its answer.
                let shown: String = input.chars().take(100).collect();
                let bare = form.places().iter().all(|place| place.spare);
                assert!(bare && shown == "{}" || name == "chat.preview", "{name} took {shown}: {}", answer.out);
                continue;
            }
            let fault = answer.fault();
            assert_eq!(status, i32::from(fault.code.exit_status()), "{name}: {}", fault.message);
            assert!(matches!(fault.code, Code::Invalid | Code::NotFound), "{name}: {fault:?}");
            says(&fault, &[]);
            met += 1;
        }
    }
    assert!(met > 120, "{met}");
}
