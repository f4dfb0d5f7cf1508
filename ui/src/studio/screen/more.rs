//! What is rarely done with a whole automation: writing it out, having it run elsewhere, a copy, the end of it.

use contract::commands::{CreateFlow, DeleteFlow, ExportFlow, MoveFlow};
use contract::{FlowMoved, FlowPlace};
use leptos::prelude::*;

use super::draft::Draft;
use crate::automations::save;
use crate::parts::{Button, ButtonKind, Confirm, Dialog, Each, Glyph, Icon, Menu, MenuItem, Show};
use crate::say;
use crate::state::{Route, Router, Toasts, memo, use_command};

/// The menu and its questions.
#[component]
pub(super) fn More(draft: Draft) -> impl IntoView {
    let (router, toasts) = (Router::expect(), Toasts::expect());
    let (export, create) = (use_command::<ExportFlow>(), use_command::<CreateFlow>());
    let (remove, carry) = (use_command::<DeleteFlow>(), use_command::<MoveFlow>());
    let moved = RwSignal::new(None::<FlowMoved>);
    let deleting = RwSignal::new(false);
    let id = draft.id;
    let place = memo(move || draft.view.with(|view| view.flow.place));
    let other = move || match place.get_untracked() {
        FlowPlace::Here => FlowPlace::Server,
        FlowPlace::Server => FlowPlace::Here,
    };
    let duplicate = move || {
        let flow = draft.studio.flow.get_untracked();
        let name = say::studio::copy_of(&flow.display_name);
        let folder = draft.view.with_untracked(|view| view.flow.folder.clone());
        match serde_json::to_string(&flow) {
            Ok(document) => create.run_then(CreateFlow { name, folder, document: Some(document) }, move |made| {
                router.go(Route::Automation(made.flow.id));
            }),
            Err(why) => toasts.note(say::studio::not_copied(why.to_string())),
        }
    };
    let doomed = Signal::derive(move || draft.studio.flow.with(|flow| say::studio::gone_for_good(&flow.display_name)));
    let trigger = || view! { <Icon glyph=Glyph::Ellipsis/> };
    view! {
        <div class="menu-end">
            <Menu label=say::studio::more() trigger=trigger.into()>
                <MenuItem glyph=Glyph::Copy on_choose=move |()| duplicate()>{say::studio::do_duplicate()}</MenuItem>
                <MenuItem glyph=Glyph::FileText on_choose=move |()| {
                    export.run_then(ExportFlow { id }, move |file| save(&file, toasts));
                }>{say::studio::save_file()}</MenuItem>
                <MenuItem glyph=Glyph::MoveRight on_choose=move |()| {
                    carry.run_then(MoveFlow { id, to: other() }, move |report| {
                        draft.view.update(|view| view.flow = report.flow.clone());
                        moved.set(Some(report));
                    });
                }>
                    {move || match place.get() {
                        FlowPlace::Here => say::studio::run_on_server(),
                        FlowPlace::Server => say::studio::run_in_app(),
                    }}
                </MenuItem>
                <hr/>
                <MenuItem glyph=Glyph::Trash2 danger=true on_choose=move |()| deleting.set(true)>{say::studio::delete_menu()}</MenuItem>
            </Menu>
        </div>
        <Confirm open=deleting title=say::studio::delete_title() text=doomed action=say::studio::do_delete() on_confirm=move |()| {
            remove.run_then(DeleteFlow { id }, move |()| router.replace(Route::Automations));
        }/>
        <Moved draft moved/>
    }
}

/// What is not the same where it runs now.
#[component]
fn Moved(draft: Draft, moved: RwSignal<Option<FlowMoved>>) -> impl IntoView {
    let open = Signal::derive(move || moved.with(Option::is_some));
    let gaps = memo(move || moved.with(|moved| moved.as_ref().map(|moved| moved.gaps.clone()).unwrap_or_default()));
    let stops = move || gaps.with(|gaps| gaps.iter().any(|gap| gap.stops));
    let title = Signal::derive(move || {
        let stays = if stops() { say::studio::stays() } else { say::studio::runs_there() };
        stays.to_owned()
    });
    view! {
        <Dialog open title on_close=move |()| moved.set(None)>
            <p class="dialog-text">
                {move || match (gaps.with(Vec::is_empty), stops()) {
                    (true, _) => say::studio::all_there(),
                    (false, true) => say::studio::some_cannot(),
                    (false, false) => say::studio::some_differs(),
                }}
            </p>
            <ul class="publish-list">
                <Each each=move || gaps.get() key=|gap| (gap.step.clone(), gap.words.clone()) let(gap)>
                    {
                        let glyph = if gap.stops { Glyph::CircleAlert } else { Glyph::Info };
                        let (step, has_step) = (gap.step.clone(), !gap.step.is_empty());
                        view! {
                            <li class="publish-line" class:bad=gap.stops>
                                <Icon glyph/>
                                <span class="grow">{gap.words}</span>
                                <Show when=move || has_step>
                                    {
                                        let step = step.clone();
                                        view! {
                                            <Button kind=ButtonKind::Bare on_click=move |_| {
                                                moved.set(None);
                                                draft.studio.go(flow::Spot::Card(step.clone()));
                                            }>{say::studio::show()}</Button>
                                        }
                                    }
                                </Show>
                            </li>
                        }
                    }
                </Each>
            </ul>
            <div class="dialog-foot"><Button kind=ButtonKind::Primary on_click=move |_| moved.set(None)>{say::studio::close()}</Button></div>
        </Dialog>
    }
}
