//! Changes that wait for a yes: those of an assistant, those of somebody else, or an earlier version. Drawn on the canvas, and
//! taken over step by step. Knows no page.

use flow::diff::{Choice, Diff, Fate, accept, diff};
use flow::{Document, Flow, Index, Op};

use crate::say;

/// A document that waits beside the flow.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// Whose it is, or what: “Assistant”, “Version of Tuesday”.
    pub by: String,
    /// What the button says that takes over all of it: “Accept all”, “Restore”.
    pub take: String,
    /// The flow as it would be.
    pub after: Document,
    /// The part that is left to decide; nothing until it is compared.
    pub diff: Diff,
}

impl Pending {
    /// A document compared with the flow.
    #[must_use]
    pub fn new(by: impl Into<String>, take: impl Into<String>, flow: &Flow, after: Document) -> Self {
        let diff = diff(&flow.document(), &after);
        Self { by: by.into(), take: take.into(), after, diff }
    }

    /// Compares anew, after one of the two has changed.
    pub fn compare(&mut self, flow: &Flow) {
        self.diff = diff(&flow.document(), &self.after);
    }

    /// The flow as it would be, with the steps that would go still in it, so that they can be drawn. Where they cannot be put
    /// back, without them.
    #[must_use]
    pub fn shown(&self, flow: &Flow) -> Flow {
        let gone = |name: &String| self.diff.step(name).is_some_and(|change| change.fate == Fate::Removed);
        let mut choice = self.diff.everything();
        choice.steps.retain(|name| !gone(name));
        let document = match accept(&flow.document(), &self.after, &choice) {
            Ok(Op::ImportFlow { document }) => *document,
            Ok(_) | Err(_) => self.after.clone(),
        };
        let mut shown = flow.clone();
        shown.replace_document(document);
        shown
    }

    /// How many steps would be added, changed or moved, and removed.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let of = |fate| self.diff.steps.iter().filter(|change| change.fate == fate).count();
        (of(Fate::Added), of(Fate::Kept) + usize::from(!self.diff.trigger.is_empty()), of(Fate::Removed))
    }

    /// What it is, in a few words: `2 added, 1 changed`.
    #[must_use]
    pub fn summary(&self) -> String {
        let (added, changed, removed) = self.counts();
        let notes = self.diff.notes.len();
        let parts = [
            (added > 0).then(|| say::studio::added(added)),
            (changed > 0).then(|| say::studio::changed(changed)),
            (removed > 0).then(|| say::studio::removed(removed)),
            (notes > 0).then(|| say::studio::in_notes(notes)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            let is_name = self.diff.display_name.is_some();
            return if is_name { say::studio::name_changed() } else { say::studio::no_changes() }.to_owned();
        }
        parts.join(", ")
    }

    /// Whether a step, or the trigger, is part of it.
    #[must_use]
    pub fn concerns(&self, name: &str) -> bool {
        name == self.after.trigger.name && !self.diff.trigger.is_empty() || self.diff.step(name).is_some()
    }

    /// The operation that takes over all of it.
    ///
    /// # Errors
    /// If it does not fit the flow.
    pub fn accept_all(&self, flow: &Flow) -> Result<Op, String> {
        accept(&flow.document(), &self.after, &self.diff.everything()).map_err(|refusal| refusal.message)
    }

    /// The operation that takes over one step, with the new ones that it stands in; of one that goes, with what it holds.
    ///
    /// # Errors
    /// If it cannot stand by itself.
    pub fn accept_step(&self, flow: &Flow, name: &str) -> Result<Op, String> {
        let before = flow.document();
        let mut choice = self.only(name);
        let index = Index::new(&self.after.trigger.name, &self.after.steps);
        if let Some(number) = index.number(name) {
            for (holder, _) in index.holders(number) {
                let holder = index.entry(holder).map(|entry| entry.step.name.as_str()).unwrap_or_default();
                if self.fate(holder) == Some(Fate::Added) {
                    choice.steps.insert(holder.to_owned());
                }
            }
        }
        choice.steps.extend(self.inside(flow, name, Fate::Removed));
        accept(&before, &self.after, &choice).map_err(|refusal| refusal.message)
    }

    /// Leaves one step as it is in the flow, with what would be added inside it.
    ///
    /// # Errors
    /// If the rest cannot stand without it.
    pub fn reject_step(&mut self, flow: &Flow, name: &str) -> Result<(), String> {
        let mut choice = self.diff.everything();
        let mut left = self.only(name).steps;
        let index = Index::new(&self.after.trigger.name, &self.after.steps);
        if let Some(holder) = index.number(name)
            && self.fate(name) == Some(Fate::Added)
        {
            let inside = index.entries().iter().enumerate().filter(|(number, _)| index.holds(holder, *number));
            left.extend(inside.map(|(_, entry)| entry.step.name.clone()));
        }
        // A step that stays needs those around it to stay too.
        let before = Index::of(flow);
        if self.fate(name) == Some(Fate::Removed)
            && let Some(number) = before.number(name)
        {
            let around = before.holders(number).filter_map(|(holder, _)| before.entry(holder));
            let gone =
                around.map(|entry| entry.step.name.clone()).filter(|name| self.fate(name) == Some(Fate::Removed));
            left.extend(gone);
        }
        choice.steps.retain(|name| !left.contains(name));
        choice.trigger &= name != self.after.trigger.name;
        let rest = accept(&flow.document(), &self.after, &choice).map_err(|refusal| refusal.message)?;
        let Op::ImportFlow { document } = rest else {
            return Err(say::studio::rest_cannot_stand().to_owned());
        };
        self.after = *document;
        self.compare(flow);
        Ok(())
    }

    /// The steps that it concerns, in the order given, which is that of the page.
    pub fn names<'p>(&'p self, shown: &'p [String]) -> impl Iterator<Item = &'p String> {
        shown.iter().filter(|name| self.concerns(name))
    }

    fn fate(&self, name: &str) -> Option<Fate> {
        self.diff.step(name).map(|change| change.fate)
    }

    fn only(&self, name: &str) -> Choice {
        let trigger = name == self.after.trigger.name;
        let steps = if trigger { Default::default() } else { [name.to_owned()].into() };
        Choice { trigger, steps, ..Choice::default() }
    }

    /// Those with a fate inside a step, as the flow has it.
    fn inside(&self, flow: &Flow, name: &str, fate: Fate) -> Vec<String> {
        if self.fate(name) != Some(fate) {
            return Vec::new();
        }
        let index = Index::of(flow);
        let Some(holder) = index.number(name) else { return Vec::new() };
        let inside = index.entries().iter().enumerate().filter(|(number, _)| index.holds(holder, *number));
        inside.map(|(_, entry)| entry.step.name.clone()).filter(|name| self.fate(name) == Some(fate)).collect()
    }
}

/// What becomes of a step: a word of the stylesheet.
#[must_use]
pub fn badge(pending: &Pending, name: &str) -> Option<&'static str> {
    if name == pending.after.trigger.name {
        return (!pending.diff.trigger.is_empty()).then_some("changed");
    }
    let change = pending.diff.step(name)?;
    Some(match change.fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Kept if !change.fields.is_empty() || !change.branches.is_empty() => "changed",
        Fate::Kept => "moved",
    })
}

/// What a badge says.
#[must_use]
pub fn badge_words(badge: &str) -> &'static str {
    match badge {
        "added" => say::studio::is_added(),
        "removed" => say::studio::is_removed(),
        "moved" => say::studio::is_moved(),
        _ => say::studio::is_changed(),
    }
}

#[cfg(test)]
mod tests;
