//! Everything that can be done on the canvas, with its keys and words: the keyboard, the menus, the toolbar and the sheet of
//! keys all read this one table. Knows no page.

use flow::layout::Orientation;
use flow::{Flow, Spot, Way, go};
use std::collections::HashSet;

use crate::parts::Glyph;
use crate::say::{self, Phrase};

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
    pub words: Phrase,
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
    words: Phrase,
    glyph: Option<Glyph>,
    group: Group,
    edits: bool,
) -> Row {
    Row { action, keys, words, glyph, group, edits }
}

/// The table. Of several keys for one action, the first is the one that is shown.
pub const TABLE: &[Row] = &[
    row(Action::Walk(Arrow::Down), "ArrowDown", say::studio::do_below, None, Group::Walk, false),
    row(Action::Walk(Arrow::Up), "ArrowUp", say::studio::do_above, None, Group::Walk, false),
    row(Action::Walk(Arrow::Right), "ArrowRight", say::studio::do_right, None, Group::Walk, false),
    row(Action::Walk(Arrow::Left), "ArrowLeft", say::studio::do_left, None, Group::Walk, false),
    row(Action::Extend(Arrow::Down), "Shift ArrowDown", say::studio::do_extend_below, None, Group::Walk, false),
    row(Action::Extend(Arrow::Up), "Shift ArrowUp", say::studio::do_extend_above, None, Group::Walk, false),
    row(Action::Extend(Arrow::Right), "Shift ArrowRight", say::studio::do_extend_right, None, Group::Walk, false),
    row(Action::Extend(Arrow::Left), "Shift ArrowLeft", say::studio::do_extend_left, None, Group::Walk, false),
    row(Action::Next, "PageDown", say::studio::do_next, None, Group::Walk, false),
    row(Action::Previous, "PageUp", say::studio::do_previous, None, Group::Walk, false),
    row(Action::First, "Home", say::studio::do_first, None, Group::Walk, false),
    row(Action::Last, "End", say::studio::do_last, None, Group::Walk, false),
    row(Action::Find, "Mod F", say::studio::do_find, Some(Glyph::Search), Group::Walk, false),
    row(Action::NextProblem, "F8", say::studio::do_next_problem, Some(Glyph::CircleAlert), Group::Walk, false),
    row(Action::PreviousProblem, "Shift F8", say::studio::do_previous_problem, None, Group::Walk, false),
    row(Action::Open, "Enter", say::studio::do_open, Some(Glyph::PanelRight), Group::Steps, false),
    row(Action::Add, "+", say::studio::do_add, Some(Glyph::Plus), Group::Steps, true),
    row(Action::Add, "Insert", say::studio::do_add, None, Group::Steps, true),
    row(Action::Rename, "F2", say::studio::do_rename, Some(Glyph::Pencil), Group::Steps, true),
    row(Action::Replace, "R", say::studio::do_replace, Some(Glyph::RefreshCw), Group::Steps, true),
    row(Action::Duplicate, "Mod D", say::studio::do_duplicate, Some(Glyph::Copy), Group::Steps, true),
    row(Action::Copy, "Mod C", say::studio::do_copy, Some(Glyph::Copy), Group::Steps, false),
    row(Action::Cut, "Mod X", say::studio::do_cut, None, Group::Steps, true),
    row(Action::Paste, "Mod V", say::studio::do_paste, None, Group::Steps, true),
    row(Action::Skip, "Mod E", say::studio::do_skip, Some(Glyph::Ban), Group::Steps, true),
    row(Action::Carry, "M", say::studio::do_carry, Some(Glyph::MoveRight), Group::Steps, true),
    row(Action::Nudge(Arrow::Down), "Alt ArrowDown", say::studio::do_move_down, None, Group::Steps, true),
    row(Action::Nudge(Arrow::Up), "Alt ArrowUp", say::studio::do_move_up, None, Group::Steps, true),
    row(Action::Nudge(Arrow::Right), "Alt ArrowRight", say::studio::do_move_right, None, Group::Steps, true),
    row(Action::Nudge(Arrow::Left), "Alt ArrowLeft", say::studio::do_move_left, None, Group::Steps, true),
    row(Action::Fold, "C", say::studio::do_fold, Some(Glyph::ChevronsUpDown), Group::Steps, false),
    row(Action::CopyReference, "Mod Shift C", say::studio::do_copy_reference, Some(Glyph::Braces), Group::Steps, false),
    row(Action::Delete, "Delete", say::studio::do_delete, Some(Glyph::Trash2), Group::Steps, true),
    row(Action::Delete, "Backspace", say::studio::do_delete, None, Group::Steps, true),
    row(Action::Delete, "Shift Delete", say::studio::do_delete, None, Group::Steps, true),
    row(Action::Note, "N", say::studio::do_note, Some(Glyph::StickyNote), Group::Steps, true),
    row(Action::SelectAll, "Mod A", say::studio::do_select_all, None, Group::Steps, false),
    row(Action::Leave, "Escape", say::studio::do_leave, None, Group::Steps, false),
    row(Action::Menu, ".", say::studio::do_menu, None, Group::Steps, false),
    row(Action::Menu, "ContextMenu", say::studio::do_menu, None, Group::Steps, false),
    row(Action::Menu, "Shift F10", say::studio::do_menu, None, Group::Steps, false),
    row(Action::Undo, "Mod Z", say::studio::do_undo, Some(Glyph::Undo2), Group::Steps, true),
    row(Action::Redo, "Mod Shift Z", say::studio::do_redo, Some(Glyph::Redo2), Group::Steps, true),
    row(Action::Redo, "Mod Y", say::studio::do_redo, None, Group::Steps, true),
    row(Action::Past, "U", say::studio::past, Some(Glyph::History), Group::Steps, false),
    row(Action::AddBranch, "B", say::studio::do_add_branch, Some(Glyph::Split), Group::Branches, true),
    row(Action::RenameBranch, "Shift F2", say::studio::do_rename_branch, Some(Glyph::Pencil), Group::Branches, true),
    row(Action::DuplicateBranch, "Shift B", say::studio::do_duplicate_branch, Some(Glyph::Copy), Group::Branches, true),
    row(Action::BranchBack, "[", say::studio::do_branch_back, Some(Glyph::ArrowLeft), Group::Branches, true),
    row(Action::BranchOn, "]", say::studio::do_branch_on, Some(Glyph::ArrowRight), Group::Branches, true),
    row(Action::DeleteBranch, "Mod Delete", say::studio::do_delete_branch, Some(Glyph::Trash2), Group::Branches, true),
    row(Action::NextChange, "J", say::studio::do_next_change, None, Group::Pending, false),
    row(Action::PreviousChange, "K", say::studio::do_previous_change, None, Group::Pending, false),
    row(Action::Accept, "A", say::studio::accept_this, Some(Glyph::Check), Group::Pending, true),
    row(Action::Reject, "D", say::studio::reject_this, Some(Glyph::X), Group::Pending, true),
    row(Action::AcceptAll, "Shift A", say::studio::do_accept_all, Some(Glyph::Check), Group::Pending, true),
    row(Action::RejectAll, "Shift D", say::studio::do_reject_all, Some(Glyph::X), Group::Pending, true),
    row(Action::ZoomIn, "Mod =", say::studio::do_zoom_in, Some(Glyph::Plus), Group::View, false),
    row(Action::ZoomIn, "Mod +", say::studio::do_zoom_in, None, Group::View, false),
    row(Action::ZoomOut, "Mod -", say::studio::do_zoom_out, Some(Glyph::Minus), Group::View, false),
    row(Action::ZoomOne, "Mod 0", say::studio::do_zoom_one, None, Group::View, false),
    row(Action::Fit, "F", say::studio::do_fit, Some(Glyph::Maximize), Group::View, false),
    row(Action::FitChosen, "Shift F", say::studio::do_fit_chosen, None, Group::View, false),
    row(Action::FoldAll, "Shift C", say::studio::do_fold_all, Some(Glyph::ChevronsUpDown), Group::View, false),
    row(Action::Map, "Mod M", say::studio::do_map, Some(Glyph::Map), Group::View, false),
    row(Action::Turn, "T", say::studio::do_turn, Some(Glyph::ArrowUpDown), Group::View, false),
    row(Action::Outline, "O", say::studio::do_outline, Some(Glyph::ListTree), Group::View, false),
    row(Action::Mode, "V", say::studio::do_mode, Some(Glyph::Hand), Group::View, false),
    row(Action::Sheet, "?", say::studio::do_sheet, Some(Glyph::Keyboard), Group::View, false),
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
    let shown = keys.split(' ').map(|key| match key {
        "ArrowDown" => "↓",
        "ArrowUp" => "↑",
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "Delete" => say::studio::key_delete(),
        "End" => say::studio::key_end(),
        "Enter" => say::studio::key_enter(),
        "Escape" => say::studio::key_escape(),
        "Home" => say::studio::key_home(),
        "PageDown" => say::studio::key_page_down(),
        "PageUp" => say::studio::key_page_up(),
        "Shift" => say::studio::key_shift(),
        key => key,
    });
    shown.collect::<Vec<_>>().join(" ")
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
