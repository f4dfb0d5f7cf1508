//! Which automations are shown, in which order. Pure.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use contract::{FlowPlace, FlowState, FlowSummary};

use crate::palette::rank::score;
use crate::runs::standing::rate;

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sort {
    /// Whatever was edited last.
    #[default]
    Edited,
    /// By the alphabet.
    Name,
    /// Whatever ran last.
    Run,
    /// Whatever fails most.
    Failing,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Edited, Self::Name, Self::Run, Self::Failing];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Edited => "Last edited first",
            Self::Name => "By name",
            Self::Run => "Last run first",
            Self::Failing => "Most failing first",
        }
    }
}

/// Which of them, by how they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stand {
    /// However they stand.
    #[default]
    Any,
    /// They run by themselves.
    On,
    /// They are published and switched off.
    Off,
    /// They were never published.
    Draft,
    /// Something must be mended.
    Problems,
    /// The draft is not what is published.
    Changed,
}

impl Stand {
    const ALL: [Self; 6] = [Self::Any, Self::On, Self::Off, Self::Draft, Self::Problems, Self::Changed];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Any => "Any state",
            Self::On => "On",
            Self::Off => "Off",
            Self::Draft => "Drafts",
            Self::Problems => "With problems",
            Self::Changed => "Unpublished edits",
        }
    }

    fn fits(self, flow: &FlowSummary) -> bool {
        match self {
            Self::Any => true,
            Self::On => flow.state == FlowState::On,
            Self::Off => flow.state == FlowState::Off,
            Self::Draft => flow.state == FlowState::Draft,
            Self::Problems => flow.problems > 0,
            Self::Changed => is_changed(flow),
        }
    }
}

/// Where they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Where {
    /// Anywhere.
    #[default]
    Anywhere,
    /// In the app.
    Here,
    /// On the server.
    Server,
}

impl Where {
    const ALL: [Self; 3] = [Self::Anywhere, Self::Here, Self::Server];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Anywhere => "Any place",
            Self::Here => "In the app",
            Self::Server => "On Activepieces",
        }
    }

    fn fits(self, place: FlowPlace) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Here => place == FlowPlace::Here,
            Self::Server => place == FlowPlace::Server,
        }
    }
}

/// Words and value of each choice: they are the same.
fn options(words: impl IntoIterator<Item = &'static str>) -> Vec<(String, String)> {
    words.into_iter().map(|word| (word.to_owned(), word.to_owned())).collect()
}

/// The choices of the three lists.
pub(super) fn sorts() -> Vec<(String, String)> {
    options(Sort::ALL.map(Sort::word))
}
pub(super) fn stands() -> Vec<(String, String)> {
    options(Stand::ALL.map(Stand::word))
}
pub(super) fn places() -> Vec<(String, String)> {
    options(Where::ALL.map(Where::word))
}

/// Which folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Folder {
    /// Any, and none.
    #[default]
    Any,
    /// This one; the empty one is none.
    This(String),
}

/// What the person wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wish {
    pub(super) words: String,
    pub(super) folder: Folder,
    pub(super) stand: Stand,
    pub(super) place: Where,
    pub(super) sort: Sort,
}

impl Wish {
    pub(super) fn choose_sort(&mut self, word: &str) {
        self.sort = Sort::ALL.into_iter().find(|sort| sort.word() == word).unwrap_or_default();
    }
    pub(super) fn choose_stand(&mut self, word: &str) {
        self.stand = Stand::ALL.into_iter().find(|stand| stand.word() == word).unwrap_or_default();
    }
    pub(super) fn choose_place(&mut self, word: &str) {
        self.place = Where::ALL.into_iter().find(|place| place.word() == word).unwrap_or_default();
    }
}

/// Published, and edited since.
pub(super) fn is_changed(flow: &FlowSummary) -> bool {
    flow.changed && flow.state != FlowState::Draft
}

/// The folders in use, by the alphabet.
pub(super) fn folders(flows: &[FlowSummary]) -> Vec<String> {
    let named = flows.iter().map(|flow| flow.folder.clone()).filter(|folder| !folder.is_empty());
    named.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Those that fit, in order. While words are looked for, the best fit is first.
pub(super) fn arrange(flows: &[FlowSummary], wish: &Wish) -> Vec<FlowSummary> {
    let words = wish.words.trim();
    let fits = |flow: &FlowSummary| {
        let in_folder = match &wish.folder {
            Folder::Any => true,
            Folder::This(folder) => flow.folder == *folder,
        };
        in_folder && wish.stand.fits(flow) && wish.place.fits(flow.place)
    };
    let mut found: Vec<(Option<u32>, &FlowSummary)> = flows
        .iter()
        .filter(|flow| fits(flow))
        .filter_map(|flow| {
            if words.is_empty() {
                return Some((None, flow));
            }
            let texts = [&flow.name, &flow.trigger, &flow.folder, &flow.owner];
            texts.into_iter().filter_map(|text| score(words, text)).max().map(|fit| (Some(fit), flow))
        })
        .collect();
    let last = |flow: &FlowSummary| flow.last_run.as_ref().map(|run| run.began_at);
    let by_wish = |a: &FlowSummary, b: &FlowSummary| match wish.sort {
        Sort::Edited => b.changed_at.cmp(&a.changed_at),
        Sort::Name => Ordering::Equal,
        Sort::Run => last(b).cmp(&last(a)),
        // What did not run stands last.
        Sort::Failing => {
            let share = |flow: &FlowSummary| rate(flow.runs, flow.failed).unwrap_or(101);
            share(a).cmp(&share(b)).then(b.failed.cmp(&a.failed))
        }
    };
    let by_name = |a: &FlowSummary, b: &FlowSummary| {
        a.name.to_lowercase().cmp(&b.name.to_lowercase()).then_with(|| a.id.cmp(&b.id))
    };
    found.sort_by(|(a_fit, a), (b_fit, b)| b_fit.cmp(a_fit).then_with(|| by_wish(a, b)).then_with(|| by_name(a, b)));
    found.into_iter().map(|(_, flow)| flow.clone()).collect()
}
