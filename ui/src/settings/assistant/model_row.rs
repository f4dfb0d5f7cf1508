//! A model in the list: mark it as the usual one, try it, change it, disconnect it.

use contract::commands::{DisconnectModel, TestModel};
use contract::{Code, ModelEntry, ModelId, ModelTrial, Models};
use leptos::html;
use leptos::prelude::*;

use super::super::Section;
use super::hand_on;
use super::model_form::Draft;
use super::model_words::{disconnecting, facts, name, trial};
use crate::parts::{Button, ButtonKind, Confirm, Glyph, Icon, Menu, MenuItem};
use crate::say;
use crate::state::{Act, Query, Session, Toasts, memo, use_command};

#[component]
pub(super) fn ModelRow(
    id: ModelId,
    query: Query<Models>,
    all: Memo<Vec<ModelEntry>>,
    usual: Memo<ModelId>,
    draft: Draft,
    #[prop(into)] on_choose: Callback<ModelId>,
) -> impl IntoView {
    let (session, toasts) = (Session::expect(), Toasts::expect());
    let root = NodeRef::<html::Div>::new();
    let model = memo(move || all.with(|all| all.iter().find(|one| one.id == id).cloned()));
    let label =
        Signal::derive(move || model.with(|model| model.as_ref().map(|one| name(one).to_owned()).unwrap_or_default()));
    let ready = memo(move || session.status.with(|status| status.as_ref().is_some_and(|status| status.vault.ready)));
    let hint = move || model.with(|model| all.with(|all| model.as_ref().map(|model| facts(model, all, ready.get()))));
    let on = memo(move || usual.get() == id);

    let removing = RwSignal::new(false);
    let remove = use_command::<DisconnectModel>();
    let consequences = Signal::derive(move || {
        query
            .value
            .with(|models| models.as_ref().zip(model.get()).map(|(models, model)| disconnecting(&model, models)))
            .unwrap_or_default()
    });
    let gone = move |()| {
        let called = label.get_untracked();
        remove.run_then(DisconnectModel { id }, move |_| {
            toasts.note(say::settings::disconnected(&called));
            hand_on(root, Section::Models);
        });
    };
    let change = move |()| {
        if let Some(model) = model.get_untracked() {
            draft.edit(model);
        }
    };
    let test = use_command::<TestModel>().quiet();
    let answer = RwSignal::new(None::<ModelTrial>);
    // What a trial said is about the model as it was then.
    Effect::new(move |before: Option<Option<ModelEntry>>| {
        let now = model.get();
        if before.is_some_and(|before| before != now) {
            answer.set(None);
            test.fault.set(None);
        }
        now
    });
    let try_it = move |_| {
        answer.set(None);
        test.run_then(TestModel { id }, move |told| {
            answer.try_set(Some(told));
        });
    };
    let mark = format!("model-{id}");
    let words_id = format!("{mark}-name");
    let acts = move || {
        let trigger = || view! { <Icon glyph=Glyph::Ellipsis/> };
        let more = say::settings::more_for(label.get());
        (id != ModelId::BUILT_IN).then(|| view! {
            <Button kind=ButtonKind::Bare busy=test.busy on_click=try_it>{say::settings::test()}</Button>
            <div class="end">
                <Menu label=more trigger=trigger.into()>
                    <MenuItem glyph=Glyph::Pencil on_choose=change>{say::settings::edit()}</MenuItem>
                    <MenuItem glyph=Glyph::Unplug danger=true on_choose=move |()| removing.set(true)>{say::settings::disconnect()}</MenuItem>
                </Menu>
            </div>
        })
    };
    view! {
        <div class="model-row" node_ref=root>
            <div class="model-line">
                <button type="button" class="radio" role="radio" id=mark aria-labelledby=words_id.clone()
                    aria-checked=move || if on.get() { "true" } else { "false" } tabindex=move || if on.get() { "0" } else { "-1" }
                    on:click=move |_| on_choose.run(id)><span class="radio-ring"></span></button>
                <div class="model-words" on:click=move |_| on_choose.run(id)>
                    <span id=words_id>{move || label.get()}</span>
                    <span class="hint">{hint}</span>
                </div>
                {acts}
            </div>
            <Answer act=test answer/>
        </div>
        <Confirm open=removing title=Signal::derive(move || say::settings::disconnect_this(label.get())) text=consequences action=say::settings::disconnect() on_confirm=gone/>
    }
}

/// What a trial said, or why there was none.
#[component]
fn Answer(act: Act<TestModel>, answer: RwSignal<Option<ModelTrial>>) -> impl IntoView {
    let told = move || {
        let fault = act.fault.with(|fault| fault.as_ref().map(|fault| (false, fault.message.clone())));
        fault.or_else(|| answer.with(|answer| answer.as_ref().map(|answer| (answer.works, trial(answer)))))
    };
    let locked =
        memo(move || act.fault.with(|fault| fault.as_ref().is_some_and(|fault| fault.code == Code::VaultLocked)));
    view! {
        <div class="trial-place" role="status">
            {move || act.busy.get().then(|| view! { <p class="aside-label">{say::settings::asking()}</p> })}
            {move || told().map(|(works, words)| {
                let (class, glyph) = if works { ("trial good", Glyph::CircleCheck) } else { ("trial bad", Glyph::CircleAlert) };
                view! {
                    <div class=class>
                        <Icon glyph/>
                        <p class="grow">{words}</p>
                        {locked.get().then(|| view! { <Button on_click=|_| Section::Secrets.go()>{say::settings::go_to_secrets()}</Button> })}
                    </div>
                }
            })}
        </div>
    }
}
