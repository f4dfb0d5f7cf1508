//! What was published: each version is shown on the canvas as what would change, and taken over from there.

use contract::FlowVersion;
use contract::commands::ListFlowVersions;
use leptos::prelude::*;

use super::draft::{Draft, read};
use crate::parts::moment::moment_label;
use crate::parts::{Each, Glyph, Icon, Menu, MenuItem, Show};
use crate::say;
use crate::state::{Session, Toasts, memo, use_query};

/// The menu of versions.
#[component]
pub(super) fn Versions(draft: Draft) -> impl IntoView {
    let trigger = || view! { <Icon glyph=Glyph::Layers/> };
    view! {
        <Menu label=say::studio::versions() trigger=trigger.into()><List draft/></Menu>
    }
}

#[component]
fn List(draft: Draft) -> impl IntoView {
    let (session, toasts) = (Session::expect(), Toasts::expect());
    let versions = use_query(move || Some(ListFlowVersions { id: draft.id }));
    let all = memo(move || versions.value.get().unwrap_or_default());
    let words = move |version: &FlowVersion| {
        let when = moment_label(version.at, &session.zone(), session.today());
        say::studio::Version { number: version.number, when }.text()
    };
    let show = move |version: &FlowVersion| match read(&version.document) {
        Ok(flow) => draft.propose(words(version), say::studio::restore(), flow.document()),
        Err(why) => toasts.note(why),
    };
    view! {
        <Show when=move || all.with(Vec::is_empty)>
            <p class="menu-note">{move || if versions.loading.get() { say::studio::reading() } else { say::studio::none_published() }}</p>
        </Show>
        <Each each=move || all.get() key=|version| version.number let(version)>
            {
                let said = words(&version);
                view! { <MenuItem glyph=Glyph::GitCompareArrows on_choose=move |()| show(&version)>{said}</MenuItem> }
            }
        </Each>
    }
}
