//! Changes to notes.

use super::{Op, Refusal};
use crate::{Flow, Note};

pub(super) fn add(flow: &mut Flow, note: Note, at: Option<usize>) -> Result<Op, Refusal> {
    if flow.has_unread_notes() {
        return Err(Refusal::flow(
            "The notes of this flow have a shape that is unknown here. Add yours in Activepieces.",
        ));
    }
    if note.id.is_empty() || flow.notes.iter().any(|other| other.id == note.id) {
        return Err(Refusal::flow(format!(
            "A note has the id {:?} already, or none was given. Take a fresh one.",
            note.id
        )));
    }
    let at = at.unwrap_or(flow.notes.len());
    if at > flow.notes.len() {
        return Err(Refusal::flow(format!("There are {} notes: none can lie above {at}.", flow.notes.len())));
    }
    let id = note.id.clone();
    flow.notes.insert(at, note);
    Ok(Op::DeleteNote { id })
}

pub(super) fn update(flow: &mut Flow, note: Note) -> Result<Op, Refusal> {
    let at = find(flow, &note.id)?;
    match flow.notes.get_mut(at) {
        Some(present) => Ok(Op::UpdateNote { note: Box::new(std::mem::replace(present, note)) }),
        None => Err(no_note(&note.id)),
    }
}

pub(super) fn delete(flow: &mut Flow, id: &str) -> Result<Op, Refusal> {
    let at = find(flow, id)?;
    Ok(Op::AddNote { note: Box::new(flow.notes.remove(at)), at: Some(at) })
}

fn find(flow: &Flow, id: &str) -> Result<usize, Refusal> {
    flow.notes.iter().position(|note| note.id == id).ok_or_else(|| no_note(id))
}

fn no_note(id: &str) -> Refusal {
    Refusal::flow(format!("There is no note {id} in this flow. It may have been deleted: look at the flow again."))
}
