//! How fresh the data is, what sync is doing, and what waits to be sent.

mod freshness;
mod pass;
pub(crate) mod queue;

use contract::commands::{ListOutbox, ShowSync};
use leptos::prelude::*;

use self::freshness::FreshnessTable;
use self::pass::Pass;
use self::queue::Queue;
use crate::parts::Loaded;
use crate::say;
use crate::state::{SyncState, memo, use_query};

/// The sync panel.
#[component]
pub fn SyncScreen() -> impl IntoView {
    let live = SyncState::expect();
    let report = use_query(|| Some(ShowSync {}));
    let outbox = use_query(|| Some(ListOutbox {}));
    // The feed tells the status as it changes; the report has the same, and the freshness beside it.
    let status = memo(move || {
        live.status.get().or_else(|| report.value.with(|report| report.as_ref().map(|report| report.status.clone())))
    });
    let freshness = memo(move || {
        report.value.with(|report| report.as_ref().map(|report| report.freshness.clone()).unwrap_or_default())
    });
    view! {
        <section class="screen sync">
            <header class="screen-head">
                <h1>{say::syncpanel::title()}</h1>
                <small>{say::syncpanel::lead()}</small>
            </header>
            <Loaded query=report>
                <Pass status/>
                <Queue outbox/>
                <FreshnessTable freshness/>
            </Loaded>
        </section>
    }
}
