//! A router: how many branches are taken, and when each is.

use flow::piece::{Property, PropertyKind};
use flow::{BranchKind, Condition, Execution, FieldPath, Kind, Operator};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::chips::misfit;
use super::conditions::{Deed, GROUPS, Row, edit, rows, wants, words};
use super::context::Form;
use super::control::as_text;
use super::field::{Field, beside_view};
use super::finding::{Beside, at_field};
use super::text::{Text, text_field};
use super::tokens::Language;
use crate::parts::{Button, ButtonKind, Checkbox, Each, Glyph, Icon, Menu, MenuItem, Segments, Show, focus_first};
use crate::say;
use crate::state::memo;
use crate::studio::edits::{self, BranchDeed};

/// The settings of a router.
pub(super) fn settings(form: Form) -> AnyView {
    let execution = memo(move || {
        form.subject.with(|subject| match subject.as_ref().and_then(|subject| subject.kind()) {
            Some(Kind::Router(router)) => router.execution,
            Some(Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Other(_)) | None => None,
        })
    });
    let choose = move |execution: Option<Execution>| {
        form.edit(|subject| {
            let mut changed = subject.clone();
            if let Some(Kind::Router(router)) = changed.kind_mut() {
                router.execution = execution;
            }
            Ok(changed.edit_said(|step| say::form::set_branches_taken(step)))
        });
    };
    let modes = vec![
        (Some(Execution::FirstMatch), say::form::first_match()),
        (Some(Execution::AllMatches), say::form::all_matches()),
    ];
    let count =
        memo(move || form.subject.with(|subject| subject.as_ref().map_or(0, |subject| subject.branches().len())));
    let add = move |_| branch_deed(form, count.get_untracked().saturating_sub(2), BranchDeed::Add);
    view! {
        <div class="step-field">
            <div class="step-field-head"><span class="field-label">{say::form::which_branches()}</span></div>
            <Segments label=say::form::which_branches() options=modes value=execution on_change=choose/>
        </div>
        <Each each=move || 0..count.get() key=|number| *number let(number)>{branch(form, number)}</Each>
        <Button glyph=Glyph::Plus on_click=add>{say::form::add_branch()}</Button>
    }
    .into_any()
}

fn branch_deed(form: Form, number: usize, deed: BranchDeed) {
    let name = form.name.get_value();
    let edit = form.studio.with_shown(|flow| edits::branch(flow, &name, number, deed));
    form.studio.edit(edit);
}

fn branch(form: Form, number: usize) -> AnyView {
    let read = move |form: Form| {
        form.subject.with(|subject| {
            let branch = subject.as_ref()?.branches().get(number)?;
            Some((branch.name.clone(), matches!(branch.kind, BranchKind::Condition(_))))
        })
    };
    let shown = memo(move || read(form).unwrap_or_default());
    let rename = move |event| {
        let to = event_target_value(&event);
        let to = to.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = form.name.get_value();
        if !to.is_empty() && to != shown.get_untracked().0 {
            let edit = form.studio.with_shown(|flow| edits::rename_branch(flow, &name, number, &to));
            form.studio.edit(edit);
        }
    };
    let has_conditions = memo(move || shown.with(|(_, has_conditions)| *has_conditions));
    let deed = move |deed: BranchDeed| move |()| branch_deed(form, number, deed);
    view! {
        <section class="step-item" aria-label=say::form::branch(number + 1)>
            <div class="step-field-head">
                <input class="step-input" type="text" aria-label=say::form::branch_name(number + 1) prop:value=move || shown.get().0 on:change=rename/>
                <Show when=move || has_conditions.get() fallback=|| view! { <span class="field-hint">{say::form::fallback()}</span> }>
                    <Menu label=say::form::branch_menu() trigger=ViewFn::from(|| view! { <Icon glyph=Glyph::Ellipsis/> })>
                        <MenuItem glyph=Glyph::Copy on_choose=deed(BranchDeed::Duplicate)>{say::form::duplicate()}</MenuItem>
                        <MenuItem glyph=Glyph::ArrowLeft on_choose=deed(BranchDeed::Back)>{say::form::earlier()}</MenuItem>
                        <MenuItem glyph=Glyph::ArrowRight on_choose=deed(BranchDeed::On)>{say::form::later()}</MenuItem>
                        <hr/>
                        <MenuItem glyph=Glyph::Trash2 danger=true on_choose=deed(BranchDeed::Delete)>{say::form::delete_branch()}</MenuItem>
                    </Menu>
                </Show>
            </div>
            <Show when=move || has_conditions.get()>{move || conditions(form, number)}</Show>
        </section>
    }
    .into_any()
}

fn act(form: Form, branch: usize, deed: Deed) {
    form.edit(|subject| edit(subject, branch, deed));
}

fn conditions(form: Form, branch: usize) -> AnyView {
    let shown = memo(move || {
        form.subject
            .with(|subject| subject.as_ref().and_then(|subject| subject.groups(branch)).map(|groups| rows(groups)))
    });
    let at = FieldPath::of(&["settings", "branches"]).join(branch).join("conditions");
    let whole = StoredValue::new(at.clone());
    let beside = move || {
        let name = form.name.get_value();
        let found = form.studio.findings.with(|found| whole.with_value(|at| at_field(found, &name, at, true)));
        found.into_iter().map(beside_view).collect::<Vec<_>>()
    };
    let draw = move |row: Row| match row {
        Row::Condition(group, place) => condition(form, branch, group, place),
        Row::End(group) => view! {
            <Button kind=ButtonKind::Bare glyph=Glyph::Plus on_click=move |event| {
                act(form, branch, Deed::And(group));
                enter_new(&event);
            }>{say::form::add_and()}</Button>
        }
        .into_any(),
        Row::Or(_) => view! { <p class="step-or">{say::form::between_groups()}</p> }.into_any(),
    };
    view! {
        <Each each=move || shown.get().unwrap_or_default() key=|row| *row let(row)>{draw(row)}</Each>
        <Button kind=ButtonKind::Bare glyph=Glyph::Plus on_click=move |event| {
            act(form, branch, Deed::Or);
            enter_new(&event);
        }>
            {move || if shown.with(|rows| rows.as_ref().is_none_or(Vec::is_empty)) { say::form::add_condition() } else { say::form::add_or() }}
        </Button>
        {beside}
    }
    .into_any()
}

fn condition(form: Form, branch: usize, group: usize, place: usize) -> AnyView {
    let at = FieldPath::of(&["settings", "branches"]).join(branch).join("conditions").join(group).join(place);
    let own = at.clone();
    let shown = memo(move || {
        form.subject.with(|subject| {
            let groups = subject.as_ref()?.groups(branch)?;
            groups.get(group)?.get(place).cloned()
        })
    });
    let operator = memo(move || shown.with(|one| one.as_ref().and_then(|one: &Condition| one.operator)));
    let takes_second = memo(move || operator.get().is_some_and(Operator::takes_second));
    let takes_case = memo(move || operator.get().is_some_and(Operator::takes_case));
    let is_case = memo(move || shown.with(|one| one.as_ref().and_then(|one| one.case_sensitive)).unwrap_or_default());
    let beside = move || {
        let name = form.name.get_value();
        let mut found = form.studio.findings.with(|found| at_field(found, &name, &own, false));
        form.samples.track();
        let first = shown.with(|one| Some((wants(one.as_ref()?.operator?), one.as_ref()?.first.clone())));
        let words = first.and_then(|(control, text)| form.look(|flow, samples| misfit(flow, samples, control, &text)));
        found.extend(words.map(|words| Beside { is_error: false, words }));
        found.into_iter().map(beside_view).collect::<Vec<_>>()
    };
    let compare = move |event| {
        if let Some(operator) = Operator::from_word(&event_target_value(&event)) {
            act(form, branch, Deed::Compare(group, place, operator));
        }
    };
    let groups: Vec<AnyView> = GROUPS
        .into_iter()
        .map(|(label, operators)| {
            let options: Vec<AnyView> = operators
                .iter()
                .map(|one| {
                    let one = *one;
                    view! { <option value=one.word() selected=move || operator.get() == Some(one)>{words(one)}</option> }.into_any()
                })
                .collect();
            view! { <optgroup label=label()>{options}</optgroup> }.into_any()
        })
        .collect();
    let is_first = place == 0;
    let second = at.join("secondValue");
    view! {
        <div class="step-condition" role="group" aria-label=if is_first { say::form::condition() } else { say::form::and_condition() }>
            {(!is_first).then(|| view! { <span class="step-and">{say::form::between_conditions()}</span> })}
            {side(form, at.join("firstValue"), say::form::left())}
            <div class="select bare">
                <select aria-label=say::form::how_to_compare() on:change=compare>
                    <Show when=move || operator.get().is_none()><option value="" selected=true>{say::form::choose_how()}</option></Show>
                    {groups}
                </select>
                <Icon glyph=Glyph::ChevronDown/>
            </div>
            <Show when=move || takes_second.get()>{side(form, second.clone(), say::form::right())}</Show>
            <div class="step-line">
                <Show when=move || takes_case.get()>
                    <label class="step-tick"><Checkbox checked=is_case label=say::form::capitals()
                        on_change=move |on: bool| act(form, branch, Deed::Case(group, place, on))/><span>{say::form::capitals()}</span></label>
                </Show>
                <span class="grow"></span>
                <Button kind=ButtonKind::Bare on_click=move |event| {
                    leave_removed(&event);
                    act(form, branch, Deed::Remove(group, place));
                }>{say::form::remove()}</Button>
            </div>
            {beside}
        </div>
    }
    .into_any()
}

/// Puts the keyboard into the condition that the pressed button has added: the one that stands before it.
fn enter_new(event: &MouseEvent) {
    let Some(button) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    request_animation_frame(move || {
        let mut before = button.previous_element_sibling();
        while let Some(element) = before {
            if element.class_list().contains("step-condition") {
                return focus_first(&element);
            }
            before = element.previous_element_sibling();
        }
    });
}

/// Puts the keyboard on what adds a condition to the branch, as the pressed button goes with its condition.
fn leave_removed(event: &MouseEvent) {
    let button = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let branch = button.and_then(|button| button.closest(".step-item").ok().flatten());
    let last = branch.and_then(|branch| branch.query_selector(":scope > .button:last-of-type").ok().flatten());
    if let Some(last) = last.and_then(|last| last.dyn_into::<HtmlElement>().ok()) {
        let _ = last.focus();
    }
}

fn side(form: Form, at: FieldPath, label: &str) -> AnyView {
    let property = Property { display_name: label.to_owned(), kind: PropertyKind::ShortText, ..Property::default() };
    let field = Field::new(form, at, label, &property, None);
    let text = Text {
        label: label.to_owned(),
        labelled_by: String::new(),
        value: Signal::derive(move || field.value.with(as_text)),
        save: Callback::new(move |text: String| field.set(Some(text.into()))),
        language: Language::Plain,
        has_lines: false,
        placeholder: label.to_owned(),
        is_wrong: Signal::default(),
    };
    text_field(form, text)
}
