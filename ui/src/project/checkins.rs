//! A project's check-ins: each question with its answers.

use contract::{Kind, ProjectId, RecordingId, Row};
use leptos::prelude::*;

use super::messages::list;
use super::shown::PartBar;
use crate::parts::{Avatar, Each, Empty, Glyph, Icon, Loaded, Moment, PendingMark, Show};
use crate::say;
use crate::state::{Drawer, Names, memo, use_query};

/// So many answers of a question are shown before one asks for the rest.
const FIRST: usize = 5;

/// The check-ins of a project.
#[component]
pub(super) fn CheckinsTab(project: ProjectId) -> impl IntoView {
    let rows = use_query(move || Some(list(project, &[Kind::Question, Kind::Answer], 5000)));
    let questions = memo(move || {
        rows.value
            .with(|rows| rows.iter().flatten().filter(|row| row.kind == Kind::Question).cloned().collect::<Vec<_>>())
    });
    let answers = memo(move || {
        let mut answers: Vec<Row> =
            rows.value.with(|rows| rows.iter().flatten().filter(|row| row.kind == Kind::Answer).cloned().collect());
        answers.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
        answers
    });
    let note = Signal::derive(move || {
        say::project::QuestionsAnswers { questions: questions.with(Vec::len), answers: answers.with(Vec::len) }.text()
    });
    view! {
        <PartBar note><span></span></PartBar>
        <Loaded query=rows>
            <div class="part-scroll">
                <Show when=move || questions.with(|questions| !questions.is_empty()) fallback=|| view! {
                    <Empty glyph=Glyph::CircleHelp title=say::project::no_checkins() text=say::project::no_checkins_text()/>
                }>
                    <Each each=move || questions.get() key=|row| (row.id, row.updated_at) let(row)>
                        <QuestionView row answers/>
                    </Each>
                </Show>
            </div>
        </Loaded>
    }
}

#[component]
fn QuestionView(row: Row, answers: Memo<Vec<Row>>) -> impl IntoView {
    let id = row.id;
    let all = RwSignal::new(false);
    let mine = memo(move || {
        answers.with(|answers| answers.iter().filter(|answer| answer.parent == Some(id)).cloned().collect::<Vec<_>>())
    });
    let ids = Signal::derive(move || mine.with(|mine| mine.iter().map(|row| row.id).collect::<Vec<_>>()));
    let shown = move || {
        mine.with(|mine| mine.iter().take(if all.get() { usize::MAX } else { FIRST }).cloned().collect::<Vec<_>>())
    };
    view! {
        <section class="question">
            <h2 class="question-title"><Icon glyph=Glyph::CircleHelp/><span class="grow">{row.title.clone()}</span>
                <small class="num">{move || say::project::answers(mine.with(Vec::len))}</small></h2>
            <Each each=shown key=|row| (row.id, row.updated_at) let(answer)>
                <AnswerView row=answer among=ids/>
            </Each>
            <Show when=move || mine.with(Vec::is_empty)><p class="hint question-none">{say::project::not_answered()}</p></Show>
            <Show when=move || !all.get() && mine.with(|mine| mine.len() > FIRST)>
                <button type="button" class="lane-more" on:click=move |_| all.set(true)>
                    {move || say::project::earlier_answers(mine.with(Vec::len).saturating_sub(FIRST))}
                </button>
            </Show>
        </section>
    }
}

#[component]
fn AnswerView(row: Row, among: Signal<Vec<RecordingId>>) -> impl IntoView {
    let (drawer, names) = (Drawer::expect(), Names::expect());
    let (id, by) = (row.id, row.creator);
    let words = if row.excerpt.is_empty() { row.title.clone() } else { row.excerpt.clone() };
    view! {
        <button type="button" class="answer" class:on=move || drawer.item.get() == Some(id)
            on:click=move |_| drawer.open_in(id, among.get_untracked())>
            {by.map(|person| view! { <Avatar person/> })}
            <span class="answer-words">
                <span class="answer-by">{move || by.map_or_else(|| say::project::someone().to_owned(), |by| names.person_name(by))} " " <Moment at=row.created_at/></span>
                <span>{words}</span>
            </span>
            <PendingMark pending=row.pending/>
        </button>
    }
}
