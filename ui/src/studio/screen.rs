//! The Studio as a screen: an automation of the workspace on the canvas, with its form, its tests and its way out.

mod diverged;
mod draft;
mod head;
mod more;
mod outbox;
mod publish;
mod side;
mod testing;
mod told;
mod versions;

use contract::commands::{ListPieces, ShowFlow};
use contract::{Fault, FlowId, FlowView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::draft::Draft;
use super::StudioCanvas;
use crate::bridge;
use crate::parts::{Empty, Glyph};
use crate::say;
use crate::state::{Names, Route, Router, Session, effect, memo};

/// The screen of an automation.
#[component]
pub fn Screen(
    /// Which.
    flow: Signal<FlowId>,
) -> impl IntoView {
    let id = memo(move || flow.get());
    move || view! { <Opening id=id.get()/> }.into_any()
}

/// Reads the automation, then opens it. It is read once: from then on the draft listens.
#[component]
fn Opening(id: FlowId) -> impl IntoView {
    let (session, router) = (Session::expect(), Router::expect());
    let shown = RwSignal::new(None::<Result<FlowView, Fault>>);
    let fetch = move || {
        shown.set(None);
        let workspace = session.workspace.get_untracked();
        spawn_local(async move {
            let answer = bridge::call(ShowFlow { id, known: None }, workspace).await;
            shown.try_set(Some(answer));
        });
    };
    fetch();
    move || match shown.get() {
        None => view! { <div class="studio-opening" role="status" aria-label=say::studio::opening()></div> }.into_any(),
        Some(Ok(view)) => match Draft::open(view) {
            Ok(draft) => view! { <Desk draft/> }.into_any(),
            Err(why) => view! {
                <Empty glyph=Glyph::CircleAlert title=say::studio::cannot_open() text=why
                    action=say::studio::back() on_action=move |()| router.go(Route::Automations)/>
            }
            .into_any(),
        },
        Some(Err(fault)) => {
            let again = fault.retry;
            let (title, action) = if again {
                (say::studio::out_of_reach(), say::studio::again())
            } else {
                (say::studio::not_here(), say::studio::back())
            };
            view! {
                <Empty glyph=Glyph::CircleAlert title text=fault.message action
                    on_action=move |()| if again { fetch() } else { router.go(Route::Automations) }/>
            }
            .into_any()
        }
    }
}

#[component]
fn Desk(draft: Draft) -> impl IntoView {
    let (session, names) = (Session::expect(), Names::expect());
    let studio = draft.studio;
    let id = draft.view.with_untracked(|view| view.flow.id);
    effect(move || names.flow.set(Some((id, studio.flow.with(|flow| flow.display_name.clone())))));
    let place = draft.view.with_untracked(|view| view.flow.place);
    let workspace = session.workspace.get_untracked();
    // Once: what pieces there are does not change with every edit.
    spawn_local(async move {
        if let Ok(pieces) = bridge::call(ListPieces {}, workspace).await {
            studio.pieces.try_set(told::offers(&pieces, place));
        }
    });
    let test = testing::Testing::new(draft);
    view! {
        <div class="studio-screen">
            <head::Head draft test/>
            <diverged::Diverged draft/>
            <diverged::GaveWay draft/>
            <div class="studio-desk">
                <StudioCanvas studio/>
                <side::Side draft test/>
            </div>
        </div>
    }
}
