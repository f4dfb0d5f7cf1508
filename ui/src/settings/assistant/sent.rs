//! What was sent to models, word for word, and what they used this month.

use contract::commands::{ListSent, ShowSent};
use contract::{SentEnd, SentRequest, Spent};
use leptos::prelude::*;

use super::super::{Part, Section};
use crate::chat::{cost_words, duration_words};
use crate::parts::{Button, ButtonKind, Dialog, Each, JsonTree, Loaded, Moment, Show};
use crate::say::{self, Grouped};
use crate::state::{Session, memo, use_query};

/// What a model used, in a line.
fn spent_words(spent: &Spent) -> String {
    [say::settings::answers(Grouped(spent.turns)), tokens(spent.tokens_in, spent.tokens_out)].join(" · ")
}

fn tokens(taken: u64, given: u64) -> String {
    say::settings::Tokens { taken: Grouped(taken), given: Grouped(given) }.text()
}

/// What it cost. What has no price here is never told as free.
fn price_words(spent: &Spent) -> String {
    match (spent.cost, spent.unpriced) {
        (cost, 0) => cost_words(cost),
        (0, _) => say::settings::price_unknown().into(),
        (cost, _) => say::settings::at_least(cost_words(cost)),
    }
}

/// What was sent and what came of it, in a line.
fn sent_words(sent: &SentRequest) -> String {
    let mut parts = vec![say::settings::kilobytes(Grouped(sent.bytes.div_ceil(1024)))];
    if let (Some(tokens_in), Some(tokens_out)) = (sent.tokens_in, sent.tokens_out) {
        parts.push(tokens(tokens_in, tokens_out));
    }
    match &sent.end {
        SentEnd::UnderWay => parts.push(say::settings::under_way().into()),
        SentEnd::Answered => {}
        SentEnd::Stopped => parts.push(say::settings::stopped().into()),
        SentEnd::Failed(why) => parts.push(why.clone()),
    }
    if let Some(took) = sent.took_ms {
        parts.push(duration_words(i64::try_from(took).unwrap_or(i64::MAX)));
    }
    parts.join(" · ")
}

/// What was sent, as a part of the settings.
#[component]
pub(in crate::settings) fn SentPart() -> impl IntoView {
    let session = Session::expect();
    let query = use_query(move || session.workspace.get().map(|_| ListSent {}));
    let requests =
        memo(move || query.value.with(|sent| sent.as_ref().map(|sent| sent.requests.clone()).unwrap_or_default()));
    let month = memo(move || query.value.with(|sent| sent.as_ref().map(|sent| sent.month.clone()).unwrap_or_default()));
    let open = RwSignal::new(None::<SentRequest>);
    let whole = use_query(move || open.with(|open| open.as_ref().map(|sent| ShowSent { number: sent.number })));
    let title =
        move || open.with(|open| open.as_ref().map(|sent| say::settings::sent_to(&sent.model)).unwrap_or_default());
    view! {
        <Part section=Section::Sent>
            <p class="settings-lead">
                {say::settings::sent_lead()}
            </p>
            <Loaded query>
                <h3 class="settings-head">{say::settings::this_month()}</h3>
                <Show when=move || month.with(Vec::is_empty)>
                    <p class="calm">{say::settings::no_model_used()}</p>
                </Show>
                <Each each=move || month.get() key=|spent| (spent.model.clone(), spent.turns, spent.tokens_out) let(spent)>
                    <div class="settings-line">
                        <div class="settings-words"><span>{spent.model.clone()}</span><span class="hint">{spent_words(&spent)}</span></div>
                        <div class="settings-control num">{price_words(&spent)}</div>
                    </div>
                </Each>
                <h3 class="settings-head">{say::settings::requests()}</h3>
                <Show when=move || requests.with(Vec::is_empty)>
                    <p class="calm">{say::settings::nothing_sent()}</p>
                </Show>
                <Each each=move || requests.get() key=|sent| (sent.number, sent.took_ms, sent.tokens_out) let(sent)>
                    <One sent open/>
                </Each>
            </Loaded>
            <Dialog open=Signal::derive(move || open.with(Option::is_some)) title=Signal::derive(title)
                on_close=move |()| open.set(None)>
                <Loaded query=whole>
                    <JsonTree value=Signal::derive(move || whole.value.get().unwrap_or_default()) label=say::settings::request()/>
                </Loaded>
            </Dialog>
        </Part>
    }
}

#[component]
fn One(sent: SentRequest, open: RwSignal<Option<SentRequest>>) -> impl IntoView {
    let server = (!sent.server.is_empty()).then(|| view! { <span>{sent.server.clone()}</span> });
    let (words, model, at) = (sent_words(&sent), sent.model.clone(), sent.at);
    view! {
        <div class="settings-line">
            <div class="settings-words">
                <span>{model}</span>
                <span class="hint settings-facts"><Moment at/> {server} <span>{words}</span></span>
            </div>
            <div class="settings-control">
                <Button kind=ButtonKind::Bare on_click=move |_| open.set(Some(sent.clone()))>{say::settings::look()}</Button>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use contract::{SentEnd, SentRequest, Spent};

    use super::{price_words, sent_words, spent_words};

    #[test]
    fn what_has_no_price_is_not_told_as_free() {
        let spent = |cost, unpriced| Spent {
            model: "m".into(),
            turns: 1,
            tokens_in: 34_000,
            tokens_out: 1_200,
            cost,
            unpriced,
        };
        assert_eq!(price_words(&spent(410_000, 0)), "$0.41");
        assert_eq!(price_words(&spent(0, 1)), "price not known");
        assert_eq!(price_words(&spent(410_000, 1)), "at least $0.41");
        assert_eq!(spent_words(&spent(0, 0)), "1 answer · 34,000 tokens in, 1,200 out");
    }

    #[test]
    fn a_request_tells_what_came_of_it() {
        let sent = |end, tokens, took_ms| SentRequest {
            number: 1,
            model: "m".into(),
            server: String::new(),
            at: "2026-11-01T00:00:00Z".parse().unwrap(),
            bytes: 2_049,
            messages: 1,
            tools: 2,
            tokens_in: tokens,
            tokens_out: tokens,
            took_ms,
            end,
        };
        assert_eq!(sent_words(&sent(SentEnd::UnderWay, None, None)), "3 KB · under way");
        assert_eq!(sent_words(&sent(SentEnd::Answered, Some(7), Some(1_400))), "3 KB · 7 tokens in, 7 out · 1.4 s");
        assert_eq!(sent_words(&sent(SentEnd::Failed("No credit.".into()), None, Some(3))), "3 KB · No credit. · 3 ms");
    }
}
