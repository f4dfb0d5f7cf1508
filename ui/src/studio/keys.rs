//! Everything that can be done on the canvas, with its keys and words: the keyboard, the menus, the toolbar and the sheet of
//! keys all read this one table. Knows no page.

use flow::layout::Orientation;
use flow::{Flow, Spot, Way, go};
use std::collections::HashSet;

use crate::parts::Glyph;

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arrow {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
}

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Walk(Arrow),
    Extend(Arrow),
    Nudge(Arrow),
    First,
    Last,
    Next,
    Previous,
    Open,
    Add,
    Rename,
    Replace,
    Duplicate,
    Copy,
    Cut,
    Paste,
    Delete,
    Skip,
    Fold,
    FoldAll,
    Carry,
    CopyReference,
    SelectAll,
    Leave,
    Find,
    NextProblem,
    PreviousProblem,
    NextChange,
    PreviousChange,
    Accept,
    Reject,
    AcceptAll,
    RejectAll,
    Undo,
    Redo,
    Past,
    ZoomIn,
    ZoomOut,
    ZoomOne,
    Fit,
    FitChosen,
    Map,
    Turn,
    Outline,
    Mode,
    Note,
    AddBranch,
    DuplicateBranch,
    DeleteBranch,
    BranchBack,
    BranchOn,
    RenameBranch,
    Menu,
    Sheet,
}

/// Where an action is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Going about.
    Walk,
    /// Steps.
    Steps,
    /// Branches of a router.
    Branches,
    /// Changes that wait.
    Pending,
    /// The view.
    View,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What.
    pub action: Action,
    /// The keys: the last word is the key, those before are held down.
    pub keys: &'static str,
    /// In words.
    pub words: &'static str,
    /// Its icon in menus.
    pub glyph: Option<Glyph>,
    /// Where it is listed.
    pub group: Group,
    /// Whether it changes the flow: not to be had where that is read-only.
    pub edits: bool,
}

const fn row(
    action: Action,
    keys: &'static str,
    words: &'static str,
    glyph: Option<Glyph>,
    group: Group,
    edits: bool,
) -> Row {
    Row { action, keys, words, glyph, group, edits }
}

/// The table. Of several keys for one action, the first is the one that is shown.
pub const TABLE: &[Row] = &[
    row(Action::Walk(Arrow::Down), "ArrowDown", "To what comes below", None, Group::Walk, false),
    row(Action::Walk(Arrow::Up), "ArrowUp", "To what comes above", None, Group::Walk, false),
    row(Action::Walk(Arrow::Right), "ArrowRight", "To the branch on the right", None, Group::Walk, false),
    row(Action::Walk(Arrow::Left), "ArrowLeft", "To the branch on the left", None, Group::Walk, false),
    row(Action::Extend(Arrow::Down), "Shift ArrowDown", "Choose what comes below too", None, Group::Walk, false),
    row(Action::Extend(Arrow::Up), "Shift ArrowUp", "Choose what comes above too", None, Group::Walk, false),
    row(Action::Extend(Arrow::Right), "Shift ArrowRight", "Choose on the right too", None, Group::Walk, false),
    row(Action::Extend(Arrow::Left), "Shift ArrowLeft", "Choose on the left too", None, Group::Walk, false),
    row(Action::Next, "PageDown", "Past what a step holds, to the next", None, Group::Walk, false),
    row(Action::Previous, "PageUp", "To the step before, past what it holds", None, Group::Walk, false),
    row(Action::First, "Home", "To the trigger", None, Group::Walk, false),
    row(Action::Last, "End", "To the last step", None, Group::Walk, false),
    row(Action::Find, "Mod F", "Find in the flow", Some(Glyph::Search), Group::Walk, false),
    row(Action::NextProblem, "F8", "To the next step with a problem", Some(Glyph::CircleAlert), Group::Walk, false),
    row(Action::PreviousProblem, "Shift F8", "To the problem before", None, Group::Walk, false),
    row(Action::Open, "Enter", "Open", Some(Glyph::PanelRight), Group::Steps, false),
    row(Action::Add, "+", "Add a step", Some(Glyph::Plus), Group::Steps, true),
    row(Action::Add, "Insert", "Add a step", None, Group::Steps, true),
    row(Action::Rename, "F2", "Rename", Some(Glyph::Pencil), Group::Steps, true),
    row(Action::Replace, "R", "Replace", Some(Glyph::RefreshCw), Group::Steps, true),
    row(Action::Duplicate, "Mod D", "Duplicate", Some(Glyph::Copy), Group::Steps, true),
    row(Action::Copy, "Mod C", "Copy", Some(Glyph::Copy), Group::Steps, false),
    row(Action::Cut, "Mod X", "Cut", None, Group::Steps, true),
    row(Action::Paste, "Mod V", "Paste after", None, Group::Steps, true),
    row(Action::Skip, "Mod E", "Skip, or no longer", Some(Glyph::Ban), Group::Steps, true),
    row(Action::Carry, "M", "Move to…", Some(Glyph::MoveRight), Group::Steps, true),
    row(Action::Nudge(Arrow::Down), "Alt ArrowDown", "Move down", None, Group::Steps, true),
    row(Action::Nudge(Arrow::Up), "Alt ArrowUp", "Move up", None, Group::Steps, true),
    row(Action::Nudge(Arrow::Right), "Alt ArrowRight", "Move to the right, or into", None, Group::Steps, true),
    row(Action::Nudge(Arrow::Left), "Alt ArrowLeft", "Move to the left, or out", None, Group::Steps, true),
    row(Action::Fold, "C", "Collapse or expand", Some(Glyph::ChevronsUpDown), Group::Steps, false),
    row(Action::CopyReference, "Mod Shift C", "Copy a reference", Some(Glyph::Braces), Group::Steps, false),
    row(Action::Delete, "Delete", "Delete", Some(Glyph::Trash2), Group::Steps, true),
    row(Action::Delete, "Backspace", "Delete", None, Group::Steps, true),
    row(Action::Delete, "Shift Delete", "Delete", None, Group::Steps, true),
    row(Action::Note, "N", "Add a note", Some(Glyph::StickyNote), Group::Steps, true),
    row(Action::SelectAll, "Mod A", "Choose all", None, Group::Steps, false),
    row(Action::Leave, "Escape", "Let go, choose nothing", None, Group::Steps, false),
    row(Action::Menu, ".", "Everything to do here", None, Group::Steps, false),
    row(Action::Menu, "ContextMenu", "Everything to do here", None, Group::Steps, false),
    row(Action::Menu, "Shift F10", "Everything to do here", None, Group::Steps, false),
    row(Action::Undo, "Mod Z", "Undo", Some(Glyph::Undo2), Group::Steps, true),
    row(Action::Redo, "Mod Shift Z", "Redo", Some(Glyph::Redo2), Group::Steps, true),
    row(Action::Redo, "Mod Y", "Redo", None, Group::Steps, true),
    row(Action::Past, "U", "What was done", Some(Glyph::History), Group::Steps, false),
    row(Action::AddBranch, "B", "Add a branch", Some(Glyph::Split), Group::Branches, true),
    row(Action::RenameBranch, "Shift F2", "Rename the branch", Some(Glyph::Pencil), Group::Branches, true),
    row(Action::DuplicateBranch, "Shift B", "Duplicate the branch", Some(Glyph::Copy), Group::Branches, true),
    row(Action::BranchBack, "[", "Move the branch back", Some(Glyph::ArrowLeft), Group::Branches, true),
    row(Action::BranchOn, "]", "Move the branch on", Some(Glyph::ArrowRight), Group::Branches, true),
    row(Action::DeleteBranch, "Mod Delete", "Delete the branch", Some(Glyph::Trash2), Group::Branches, true),
    row(Action::NextChange, "J", "To the next change", None, Group::Pending, false),
    row(Action::PreviousChange, "K", "To the change before", None, Group::Pending, false),
    row(Action::Accept, "A", "Accept this change", Some(Glyph::Check), Group::Pending, true),
    row(Action::Reject, "D", "Reject this change", Some(Glyph::X), Group::Pending, true),
    row(Action::AcceptAll, "Shift A", "Accept all changes", Some(Glyph::Check), Group::Pending, true),
    row(Action::RejectAll, "Shift D", "Reject all changes", Some(Glyph::X), Group::Pending, true),
    row(Action::ZoomIn, "Mod =", "Nearer", Some(Glyph::Plus), Group::View, false),
    row(Action::ZoomIn, "Mod +", "Nearer", None, Group::View, false),
    row(Action::ZoomOut, "Mod -", "Further away", Some(Glyph::Minus), Group::View, false),
    row(Action::ZoomOne, "Mod 0", "Full size", None, Group::View, false),
    row(Action::Fit, "F", "Show all", Some(Glyph::Maximize), Group::View, false),
    row(Action::FitChosen, "Shift F", "Show what is chosen", None, Group::View, false),
    row(Action::FoldAll, "Shift C", "Collapse or expand all", Some(Glyph::ChevronsUpDown), Group::View, false),
    row(Action::Map, "Mod M", "Map", Some(Glyph::Map), Group::View, false),
    row(Action::Turn, "T", "Downwards, or to the right", Some(Glyph::ArrowUpDown), Group::View, false),
    row(Action::Outline, "O", "Outline", Some(Glyph::ListTree), Group::View, false),
    row(Action::Mode, "V", "Drag moves the canvas, or chooses", Some(Glyph::Hand), Group::View, false),
    row(Action::Sheet, "?", "All keys", Some(Glyph::Keyboard), Group::View, false),
];

/// The line of an action that is shown.
#[must_use]
pub fn row_of(action: Action) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.action == action)
}

/// A key that went down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Press<'a> {
    /// As the browser calls it.
    pub key: &'a str,
    /// Ctrl, or Command on a Mac.
    pub main: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// What a key means.
#[must_use]
pub fn meaning(press: Press<'_>) -> Option<Action> {
    TABLE.iter().find(|row| fits(row.keys, press)).map(|row| row.action)
}

fn fits(keys: &str, press: Press<'_>) -> bool {
    let (mut main, mut shift, mut alt, mut last) = (false, false, false, "");
    for word in keys.split(' ') {
        match word {
            "Mod" => main = true,
            "Shift" => shift = true,
            "Alt" => alt = true,
            key => last = key,
        }
    }
    // Where a sign is on the keyboard, and whether Shift makes it, differs between languages.
    let is_sign = last.len() == 1 && !last.as_bytes().iter().all(u8::is_ascii_alphabetic);
    press.key.eq_ignore_ascii_case(last)
        && press.main == main
        && press.alt == alt
        && (press.shift == shift || is_sign && !shift)
}

/// The keys of an action as people read them; empty if it has none.
#[must_use]
pub fn shown_keys(keys: &str) -> String {
    keys.replace("ArrowDown", "↓")
        .replace("ArrowUp", "↑")
        .replace("ArrowLeft", "←")
        .replace("ArrowRight", "→")
        .replace("Escape", "Esc")
        .replace("Delete", "Del")
}

/// The arrow as the run of the flow sees it: what is downwards in a flow from top to bottom.
#[must_use]
pub fn along(arrow: Arrow, orientation: Orientation) -> Arrow {
    match (orientation, arrow) {
        (Orientation::Vertical, arrow) => arrow,
        (Orientation::Horizontal, Arrow::Right) => Arrow::Down,
        (Orientation::Horizontal, Arrow::Left) => Arrow::Up,
        (Orientation::Horizontal, Arrow::Down) => Arrow::Right,
        (Orientation::Horizontal, Arrow::Up) => Arrow::Left,
    }
}

/// Where an arrow leads from a spot. Down goes into what a step holds, else on, else out and on; up goes back; right and left
/// go from branch to branch.
#[must_use]
pub fn walk(
    flow: &Flow,
    collapsed: &HashSet<String>,
    from: &Spot,
    arrow: Arrow,
    orientation: Orientation,
) -> Option<Spot> {
    let open = !matches!(from, Spot::Card(name) if collapsed.contains(name));
    let into = || go(flow, from, Way::Into).filter(|_| open);
    match along(arrow, orientation) {
        Arrow::Down => into().or_else(|| climb(flow, from, Way::On)),
        Arrow::Up => go(flow, from, Way::Back),
        Arrow::Right => climb(flow, from, Way::NextBranch).or_else(into),
        Arrow::Left => climb(flow, from, Way::PreviousBranch).or_else(|| go(flow, from, Way::Out)),
    }
}

/// Goes a way from a spot, or from the nearest step around it from which it leads anywhere.
fn climb(flow: &Flow, from: &Spot, way: Way) -> Option<Spot> {
    let mut at = from.clone();
    loop {
        if let Some(found) = go(flow, &at, way) {
            return Some(found);
        }
        let out = go(flow, &at, Way::Out)?;
        // From the outermost chain, out is the trigger: it is around nothing.
        if matches!(&out, Spot::Card(name) if *name == flow.trigger.name) {
            return None;
        }
        at = out;
    }
}

/// The ways that an arrow may move a step, the first that leads anywhere being meant.
#[must_use]
pub fn nudges(arrow: Arrow, orientation: Orientation) -> &'static [Way] {
    match along(arrow, orientation) {
        Arrow::Down => &[Way::On],
        Arrow::Up => &[Way::Back],
        Arrow::Right => &[Way::NextBranch, Way::Into],
        Arrow::Left => &[Way::PreviousBranch, Way::Out],
    }
}

#[cfg(test)]
mod tests;
