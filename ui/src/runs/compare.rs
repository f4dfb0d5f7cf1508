//! Two runs side by side: how each step stood, what went in, what came out, how long it took.

mod pairs;

use contract::commands::ShowRun;
use contract::{RunId, RunView};
use leptos::prelude::*;

use self::pairs::{Difference, Half, Pair, pairs};
use super::line::StatusMark;
use super::outline::labels;
use super::standing::lasted;
use crate::parts::{Dialog, Empty, Glyph, Loaded, Moment, Show};
use crate::project::shown::Toggle;
use crate::say;
use crate::state::{Query, memo, use_query};

/// The dialog; closed while there are no two runs.
#[component]
pub(super) fn CompareDialog(comparing: RwSignal<Option<(RunId, RunId)>>) -> impl IntoView {
    let open = Signal::derive(move || comparing.with(Option::is_some));
    view! {
        <Dialog open title=say::runs::side_by_side() on_close=move |()| comparing.set(None)>
            {move || comparing.get().map(|(one, other)| view! { <Comparison one other/> })}
        </Dialog>
    }
}

#[component]
fn Comparison(one: RunId, other: RunId) -> impl IntoView {
    let one = use_query(move || Some(ShowRun { id: one }));
    let other = use_query(move || Some(ShowRun { id: other }));
    let began = |run: Query<RunView>| run.value.with(|view| view.as_ref().map(|view| view.run.began_at));
    // The older run stands on the left: what is on the right is what changed.
    let ordered = memo(move || began(one) <= began(other));
    let sides = Signal::derive(move || if ordered.get() { (one, other) } else { (other, one) });
    let all = RwSignal::new(false);
    let rows = memo(move || {
        let (left, right) = sides.get();
        left.value
            .with(|left| {
                right.value.with(|right| {
                    left.as_ref().zip(right.as_ref()).map(|(left, right)| {
                        let mut names = labels(&left.document);
                        names.extend(labels(&right.document));
                        let pairs = pairs(&left.steps, &right.steps);
                        let named = pairs.into_iter().map(|pair| {
                            let label = names.get(&pair.name).cloned().unwrap_or_else(|| pair.name.clone());
                            (label, pair)
                        });
                        named.collect::<Vec<_>>()
                    })
                })
            })
            .unwrap_or_default()
    });
    let differing = memo(move || rows.with(|rows| rows.iter().filter(|(_, pair)| !pair.is_same()).count()));
    let shown = memo(move || {
        rows.with(|rows| rows.iter().filter(|(_, pair)| all.get() || !pair.is_same()).cloned().collect::<Vec<_>>())
    });
    view! {
        <Loaded query=one>
            <Loaded query=other>
                <div class="compare">
                    <div class="compare-bar">
                        <span class="grow hint num">{move || match (differing.get(), rows.with(Vec::len)) {
                            (0, all) => say::runs::all_alike(all),
                            (some, all) => say::runs::Differ { some, all }.text(),
                        }}</span>
                        <Toggle on=all>{say::runs::every_step()}</Toggle>
                    </div>
                    <Show when=move || shown.with(|rows| !rows.is_empty()) fallback=move || view! {
                        <Empty glyph=Glyph::Check title=say::runs::alike() text=say::runs::alike_text()
                            action=say::runs::every_step() on_action=move |()| all.set(true)/>
                    }>
                        <table>
                            <thead><tr><th scope="col">{say::runs::step()}</th><th scope="col">{move || view! { <Side run=sides.get().0/> }}</th><th scope="col">{move || view! { <Side run=sides.get().1/> }}</th></tr></thead>
                            {move || shown.get().into_iter().map(|(label, pair)| view! { <PairRows label pair/> }).collect_view()}
                        </table>
                    </Show>
                </div>
            </Loaded>
        </Loaded>
    }
}

#[component]
fn Side(run: Query<RunView>) -> impl IntoView {
    let head = memo(move || run.value.with(|view| view.as_ref().map(|view| view.run.clone())));
    move || {
        head.get().map(|run| {
            view! { <span class="compare-side"><StatusMark status=run.status/><Moment at=run.began_at/><span class="cut">{run.cause}</span></span> }
        })
    }
}

#[component]
fn PairRows(label: String, pair: Pair) -> impl IntoView {
    let within =
        pair.within.iter().map(|(_, iteration)| say::runs::in_iteration(*iteration)).collect::<Vec<_>>().join(", ");
    let half = |half: Option<Half>| {
        match half {
        Some(half) => view! {
            <span class="compare-half"><StatusMark status=half.status/><span class="num">{half.took_ms.map(lasted)}</span></span>
        }
        .into_any(),
        None => view! { <span class="hint">{say::runs::not_run()}</span> }.into_any(),
    }
    };
    let input = differences(say::runs::input(), pair.input);
    let output = differences(say::runs::output(), pair.output);
    view! {
        <tbody>
            <tr class="compare-step"><th scope="row">{label}<small>{within}</small></th><td>{half(pair.before)}</td><td>{half(pair.after)}</td></tr>
            {input}
            {output}
        </tbody>
    }
}

fn differences(what: &'static str, list: Vec<Difference>) -> AnyView {
    let side = |value: Option<String>| match value {
        Some(value) => view! { <code>{value}</code> }.into_any(),
        None => view! { <span class="hint">{say::runs::not_there()}</span> }.into_any(),
    };
    let row = move |difference: Difference| {
        view! {
            <tr><th scope="row"><small>{what}</small><code>{difference.path}</code></th><td>{side(difference.before)}</td><td>{side(difference.after)}</td></tr>
        }
    };
    list.into_iter().map(row).collect_view().into_any()
}

#[cfg(test)]
mod tests;
