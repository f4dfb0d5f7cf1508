//! What is sent where, said before anything is sent to a model elsewhere for the first time. Once agreed to, it is not asked
//! again for that model.

use contract::commands::ChangeSettings;
use contract::{ModelEntry, Vendor};
use leptos::prelude::*;

use super::head::ModelList;
use crate::parts::{Button, ButtonKind, Dialog, Each};
use crate::say::{self, Phrase};
use crate::settings::go_to_models;
use crate::state::{ChatState, Router, Session, effect, memo, use_command};

/// The host of an address, without what may stand around it. Pure.
fn host(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    if rest.starts_with('[') {
        return rest.split_inclusive(']').next().unwrap_or(rest);
    }
    rest.split(':').next().unwrap_or_default()
}

/// Where a model's server is, when that is not this machine. Pure.
fn elsewhere(model: &ModelEntry) -> Option<String> {
    let usual = match model.vendor? {
        Vendor::Anthropic => "api.anthropic.com",
        Vendor::Openai => "api.openai.com",
        Vendor::Gemini => "generativelanguage.googleapis.com",
        Vendor::Openrouter => "openrouter.ai",
        Vendor::Ollama | Vendor::Compatible => "localhost",
    };
    let host = if model.base.is_empty() { usual } else { host(&model.base) };
    let here = matches!(host, "localhost" | "[::1]") || host.starts_with("127.") || host.ends_with(".localhost");
    (!here).then(|| host.to_owned())
}

/// What goes there.
const SENT: [Phrase; 4] =
    [say::chat::sent_words, say::chat::sent_names, say::chat::sent_tools, say::chat::sent_memories];

/// Asks before the first message. What is said before it is known which model answers waits in the field until it is.
#[component]
pub(super) fn Disclosure(
    /// Asks instead, where the person cannot agree.
    on_elsewhere: Option<Callback<()>>,
) -> impl IntoView {
    let (chat, session, router) = (ChatState::expect(), Session::expect(), Router::expect());
    let models = ModelList::expect();
    let change = use_command::<ChangeSettings>();
    let new = memo(move || {
        let model = models.chosen(chat)?;
        let place = elsewhere(&model)?;
        let known = session
            .status
            .with(|status| status.as_ref().is_none_or(|status| status.settings.shown_models.contains(&model.id)));
        (!known).then_some((model, place))
    });
    let unknown = memo(move || models.0.value.with(Option::is_none) && models.0.fault.with(Option::is_none));
    effect(move || chat.undisclosed.set(unknown.get() || new.get().is_some()));
    Effect::new(move |before: Option<bool>| {
        let now = unknown.get();
        if before == Some(true) && !now && new.get_untracked().is_none() {
            chat.undisclosed.set(false);
            if let Some(seeing) = chat.disclosing.try_update(Option::take).flatten() {
                chat.say_field(seeing);
            }
        }
        now
    });
    on_cleanup(move || {
        chat.undisclosed.try_set(false);
    });
    let asks = memo(move || chat.disclosing.with(Option::is_some) && new.get().is_some());
    let open = Signal::derive(move || asks.get() && on_elsewhere.is_none());
    effect(move || {
        if let Some(ask) = on_elsewhere.filter(|_| asks.get()) {
            chat.disclosing.set(None);
            ask.run(());
        }
    });
    let close = move || {
        chat.disclosing.set(None);
        chat.field.focus();
    };
    let send = move |_| {
        let Some((model, _)) = new.get_untracked() else { return };
        let mut shown = session
            .status
            .with_untracked(|status| status.as_ref().map(|one| one.settings.shown_models.clone()).unwrap_or_default());
        shown.push(model.id);
        change.run_then(ChangeSettings { shown_models: Some(shown), ..ChangeSettings::default() }, move |settings| {
            session.status.update(|status| {
                if let Some(status) = status {
                    status.settings = settings;
                }
            });
            chat.undisclosed.set(false);
            let seeing = chat.disclosing.try_update(Option::take).flatten();
            chat.say_field(seeing.unwrap_or_default());
        });
    };
    let other = move |_| {
        chat.disclosing.set(None);
        go_to_models(router);
    };
    let title = Signal::derive(move || new.get().map(|(_, place)| say::chat::send_there(place)).unwrap_or_default());
    let label = move || new.get().map(|(model, _)| model.label).unwrap_or_default();
    view! {
        <Dialog open title on_close=move |()| close()>
            <p class="dialog-text">{move || say::chat::not_here(label())}</p>
            <ul class="disclosed">
                <Each each=|| SENT.map(|words| words()) key=|one| *one let(one)><li>{one}</li></Each>
            </ul>
            <p class="dialog-text">{say::chat::sent_not()}</p>
            <div class="dialog-foot">
                <Button kind=ButtonKind::Bare on_click=other>{say::chat::choose_other()}</Button>
                <span class="grow"></span>
                <Button on_click=move |_| close()>{say::parts::cancel()}</Button>
                <Button kind=ButtonKind::Primary busy=change.busy on_click=send>{say::chat::send_it()}</Button>
            </div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use contract::{ModelEntry, ModelId, Vendor};

    use super::{elsewhere, host};

    fn at(vendor: Option<Vendor>, base: &str) -> Option<String> {
        elsewhere(&ModelEntry {
            id: ModelId(1),
            label: "M".into(),
            vendor,
            base: base.into(),
            model: "m".into(),
            has_key: false,
            fallback: None,
        })
    }

    #[test]
    fn what_is_on_this_machine_is_not_elsewhere_and_nothing_else_is() {
        assert_eq!(at(None, ""), None, "the built-in assistant");
        assert_eq!(at(Some(Vendor::Ollama), ""), None);
        for here in ["http://127.0.0.1:8080/v1", "http://localhost:1234", "http://[::1]:9/v1", "http://127.9.9.9"] {
            assert_eq!(at(Some(Vendor::Compatible), here), None, "{here}");
        }
        assert_eq!(at(Some(Vendor::Openai), ""), Some("api.openai.com".into()));
        for there in [
            "https://models.example.com/v1",
            "https://localhost.models.example.com/127.0.0.1",
            "https://127.0.0.1@models.example.com",
            "https://models.example.com:8443?localhost",
        ] {
            assert!(
                at(Some(Vendor::Ollama), there).is_some_and(|host| host.ends_with("models.example.com")),
                "{there}"
            );
        }
    }

    #[test]
    fn the_host_is_told_without_what_stands_around_it() {
        assert_eq!(host("https://u:p@a.example:1/x?y#z"), "a.example");
        assert_eq!(host("a.example/x"), "a.example");
        assert_eq!(host(""), "");
    }
}
