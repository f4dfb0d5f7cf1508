//! A run in the list.

use contract::{RunId, RunSummary};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::acts::{Answers, RunActs};
use super::standing::{glyph, kind_word, lasted, tone, took, word};
use crate::parts::moment::moment_label;
use crate::parts::{Checkbox, Chip, Glyph, Icon, IconButton, Moment, Point, Tone, point_of};
use crate::say;
use crate::state::Session;

/// The height of a line, in pixels.
pub(super) const HEIGHT: usize = 52;

/// What the lines of a list share.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) acts: RunActs,
    /// The runs chosen to be compared.
    pub(super) chosen: RwSignal<Vec<RunId>>,
    /// The run whose menu is open, and where.
    pub(super) menu: RwSignal<Option<(RunSummary, Point)>>,
    /// Every run is of the same automation.
    pub(super) one_flow: bool,
}

/// The status as an icon with its word.
#[component]
pub(super) fn StatusMark(status: contract::RunStatus) -> impl IntoView {
    let class = format!("run-mark {}", tone(status).class());
    view! { <span class=class role="img" title=word(status) aria-label=word(status)><Icon glyph=glyph(status)/></span> }
}

#[component]
pub(super) fn RunLine(run: RunSummary, shared: Shared) -> impl IntoView {
    let session = Session::expect();
    let id = run.id;
    let (long, began) = (lasted(took(&run, crate::clock::now())), run.began_at);
    let title = if shared.one_flow { run.cause.clone() } else { run.name.clone() };
    let cause = (!shared.one_flow).then(|| run.cause.clone());
    let second = second_line(&run, |until| moment_label(until, &session.zone(), session.today()));
    let answers = run.waits.as_ref().map(|wait| wait.answers.clone()).unwrap_or_default();
    let label = say::runs::compare_run(&run.name);
    let kept = StoredValue::new(run.clone());
    let menu = move |event: MouseEvent| {
        event.stop_propagation();
        shared.menu.set(Some((kept.get_value(), point_of(&event))));
    };
    let checked = Signal::derive(move || shared.chosen.with(|chosen| chosen.contains(&id)));
    view! {
        <div class="run-line" class:chosen=move || checked.get()>
            <span class="run-check"><Checkbox checked label on_change=move |_| shared.chosen.update(|chosen| *chosen = super::sieve::choose(std::mem::take(chosen), id))/></span>
            <StatusMark status=run.status/>
            <span class="run-words">
                <span class="run-first">
                    <span class="run-name cut" title=title.clone()>{title.clone()}</span>
                    {kind_word(&run).map(|word| view! { <Chip>{word}</Chip> })}
                    {cause.map(|cause| view! { <span class="run-cause cut">{cause}</span> })}
                </span>
                <span class="run-second cut" class:bad=second.1 == Tone::Bad class:warn=second.1 == Tone::Warn title=second.0.clone()>{second.0.clone()}</span>
            </span>
            {(!answers.is_empty()).then(|| view! { <Answers acts=shared.acts id answers/> })}
            <span class="run-when"><Moment at=began/></span>
            <span class="run-long num">{long}</span>
            <IconButton glyph=Glyph::Ellipsis label=say::runs::what_to_do() on_click=menu/>
        </div>
    }
}

/// What stands under the name: why it failed, what it waits for, or how it stands.
fn second_line(run: &RunSummary, clock: impl Fn(jiff::Timestamp) -> String) -> (String, Tone) {
    if let Some(wait) = &run.waits {
        let (step, words) = (&wait.step, &wait.words);
        let told = match wait.until {
            Some(until) => say::runs::WaitsUntil { step, words, when: clock(until) }.text(),
            None => format!("{step}: {words}"),
        };
        return (told, Tone::Warn);
    }
    let why = match (&run.failed_step, &run.failure) {
        (Some(step), Some(why)) => format!("{step}: {why}"),
        (Some(step), None) => step.clone(),
        (None, Some(why)) => why.clone(),
        (None, None) => String::new(),
    };
    if why.is_empty() { (word(run.status).to_owned(), Tone::Plain) } else { (why, tone(run.status)) }
}
