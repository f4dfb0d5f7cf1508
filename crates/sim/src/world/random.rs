//! Random legal edits, for laws that must hold after any history.

use jiff::ToSpan as _;

use super::World;
use super::edit::{DateChange, Edit, Fields};
use super::editor::Editor;
use super::kind::{Kind, Status};
use crate::dice::Dice;

const WORDS: [&str; 8] = [
    "Check the proofs",
    "Call the printer",
    "Agree the date",
    "Tidy the notes",
    "Send the invoice",
    "Ask for numbers",
    "Book the room",
    "Update the plan",
];

/// Makes one random edit that the world accepts and gives it back. `None` only when nothing at all could be
/// done, as in a world without projects.
pub fn random_edit(editor: &mut Editor<'_>, dice: &mut Dice) -> Option<Edit> {
    for _ in 0..200 {
        let Some((project, edit)) = propose(editor, dice) else {
            continue;
        };
        let members = editor.world().members(project);
        let me = editor.world().me();
        let others: Vec<i64> = members.iter().copied().filter(|id| *id != me).collect();
        let by = dice.pick(&others).copied().or(members.first().copied());
        editor.acting_as(by.unwrap_or(me));
        let before = editor.world().truth_stamp(&edit);
        if editor.apply(edit.clone()).is_ok() && editor.world().truth_stamp(&edit) != before {
            return Some(edit);
        }
    }
    None
}

fn propose(editor: &Editor<'_>, dice: &mut Dice) -> Option<(i64, Edit)> {
    let world = editor.world();
    let title = |dice: &mut Dice| format!("{} ({})", dice.text(&WORDS), dice.below(10_000));
    let edit = match dice.below(15) {
        0 => {
            let kinds = [Kind::Todolist, Kind::Todoset, Kind::Triage, Kind::Column];
            let parent = some_of(world, dice, &kinds)?;
            let under = world.recording(parent)?.kind;
            Edit::Create {
                parent,
                kind: if under.may_hold(Kind::Todo) { Kind::Todo } else { Kind::Card },
                fields: Fields::titled(title(dice)),
            }
        }
        1 => {
            let id = some_of(world, dice, &[Kind::Todo, Kind::Card])?;
            let parent = other_parent(world, dice, id)?;
            Edit::Move { id, parent: Some(parent), position: 1 + dice.below(6) }
        }
        2 | 3 => Edit::Complete { id: some_of(world, dice, &[Kind::Todo, Kind::Step])? },
        4 => Edit::Uncomplete { id: some_of(world, dice, &[Kind::Todo, Kind::Step])? },
        5 => {
            let kinds = [Kind::Todo, Kind::Card, Kind::Todolist, Kind::Message, Kind::Document];
            Edit::Update { id: some_of(world, dice, &kinds)?, fields: Fields::titled(title(dice)) }
        }
        6 => {
            let id = some_of(world, dice, &[Kind::Todo, Kind::Card])?;
            let today = editor.now().to_zoned(jiff::tz::TimeZone::UTC).date();
            let day = today.saturating_add(dice.between(-20, 40).days());
            Edit::Update {
                id,
                fields: Fields {
                    starts_on: Some(DateChange::Clear),
                    due_on: Some(if dice.chance(20) { DateChange::Clear } else { DateChange::On(day) }),
                    ..Fields::default()
                },
            }
        }
        7 => {
            let id = some_of(world, dice, &[Kind::Todo, Kind::Card])?;
            let members: Vec<i64> = world.members(world.recording(id)?.project).into_iter().collect();
            let mut chosen = dice.shuffled(&members);
            chosen.truncate(dice.below(3));
            Edit::Update { id, fields: Fields { assignees: Some(chosen), ..Fields::default() } }
        }
        8 => {
            let on = some_of(world, dice, &[Kind::Todo, Kind::Card, Kind::Message])?;
            Edit::Create {
                parent: on,
                kind: Kind::Comment,
                fields: Fields { body: Some(format!("<div>{}</div>", title(dice))), ..Fields::default() },
            }
        }
        9..=11 => {
            let kinds = [Kind::Todo, Kind::Todo, Kind::Todolist, Kind::Card, Kind::Message, Kind::Vault];
            let statuses = [Status::Active, Status::Archived, Status::Trashed];
            Edit::SetStatus { id: some_of(world, dice, &kinds)?, status: *dice.pick(&statuses)? }
        }
        12 => {
            let project = some_project(world, dice)?;
            let statuses = [Status::Active, Status::Active, Status::Archived, Status::Trashed];
            let status = *dice.pick(&statuses)?;
            return Some((project, Edit::SetProjectStatus { project, status }));
        }
        13 => {
            let project = some_project(world, dice)?;
            let revoke = vec![world.me()];
            let edit = Edit::SetAccess { project, grant: Vec::new(), revoke };
            return Some((project, edit));
        }
        _ => {
            let project = some_project(world, dice)?;
            let grant = vec![world.me()];
            let edit = Edit::SetAccess { project, grant, revoke: Vec::new() };
            return Some((project, edit));
        }
    };
    let id = match &edit {
        Edit::Create { parent: id, .. }
        | Edit::Update { id, .. }
        | Edit::Complete { id }
        | Edit::Uncomplete { id }
        | Edit::Move { id, .. }
        | Edit::SetStatus { id, .. }
        | Edit::Delete { id } => *id,
        Edit::CreateProject { .. }
        | Edit::UpdateProject { .. }
        | Edit::UpdatePerson { .. }
        | Edit::SetProjectStatus { .. }
        | Edit::SetAccess { .. } => return None,
    };
    Some((world.recording(id)?.project, edit))
}

fn some_of(world: &World, dice: &mut Dice, kinds: &[Kind]) -> Option<i64> {
    let kind = *dice.pick(kinds)?;
    dice.pick(world.of_kind(kind)).copied()
}

fn some_project(world: &World, dice: &mut Dice) -> Option<i64> {
    let ids: Vec<i64> = world.projects.keys().copied().collect();
    dice.pick(&ids).copied()
}

fn other_parent(world: &World, dice: &mut Dice, id: i64) -> Option<i64> {
    let moved = world.recording(id)?;
    let fitting: Vec<i64> = Kind::ALL
        .iter()
        .filter(|kind| kind.may_hold(moved.kind))
        .flat_map(|kind| world.of_kind(*kind))
        .copied()
        .filter(|other| world.recording(*other).is_some_and(|other| other.project == moved.project))
        .collect();
    dice.pick(&fitting).copied()
}

impl World {
    /// Enough of the world around an edit to tell whether it changed anything.
    fn truth_stamp(&self, edit: &Edit) -> (usize, usize, Option<jiff::Timestamp>, usize) {
        let (id, project) = match edit {
            Edit::SetProjectStatus { project, .. }
            | Edit::SetAccess { project, .. }
            | Edit::UpdateProject { project, .. } => (*project, Some(*project)),
            Edit::Create { parent: id, .. }
            | Edit::Update { id, .. }
            | Edit::Complete { id }
            | Edit::Uncomplete { id }
            | Edit::Move { id, .. }
            | Edit::SetStatus { id, .. }
            | Edit::Delete { id } => (*id, None),
            Edit::CreateProject { .. } | Edit::UpdatePerson { .. } => (0, None),
        };
        let members = project.map_or(0, |project| {
            let open = self.projects.get(&project);
            self.members(project).len() * 4 + open.map_or(0, |open| open.status as usize)
        });
        let place = self.recordings.get(&id).map(|found| {
            self.position_of(found)
                + found.own_status as usize * 100_000
                + found.parent.map_or(0, |parent| parent as usize % 9_973) * 1_000_000
        });
        (
            self.events.len(),
            self.len() + members,
            self.recordings.get(&id).map(|found| found.updated_at),
            place.unwrap_or(0),
        )
    }
}
