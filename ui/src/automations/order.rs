//! Which automations are shown, in which order. Pure.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use contract::{FlowPlace, FlowState, FlowSummary};

use crate::palette::rank::score;
use crate::runs::standing::rate;
use crate::say;

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

    /// What it is chosen by.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Name => "name",
            Self::Run => "run",
            Self::Failing => "failing",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Edited => say::automations::sort_edited(),
            Self::Name => say::automations::sort_name(),
            Self::Run => say::automations::sort_run(),
            Self::Failing => say::automations::sort_failing(),
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

    /// What it is chosen by.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::On => "on",
            Self::Off => "off",
            Self::Draft => "draft",
            Self::Problems => "problems",
            Self::Changed => "changed",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Any => say::automations::any_state(),
            Self::On => say::automations::state_on(),
            Self::Off => say::automations::state_off(),
            Self::Draft => say::automations::drafts(),
            Self::Problems => say::automations::with_problems(),
            Self::Changed => say::automations::unpublished(),
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

    /// What it is chosen by.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Here => "here",
            Self::Server => "server",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Anywhere => say::automations::any_place(),
            Self::Here => say::automations::in_app(),
            Self::Server => say::automations::on_activepieces(),
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

/// Value and words of each choice.
fn options(choices: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<(String, String)> {
    choices.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned())).collect()
}

/// The choices of the three lists.
pub(super) fn sorts() -> Vec<(String, String)> {
    options(Sort::ALL.map(|sort| (sort.word(), sort.label())))
}
pub(super) fn stands() -> Vec<(String, String)> {
    options(Stand::ALL.map(|stand| (stand.word(), stand.label())))
}
pub(super) fn places() -> Vec<(String, String)> {
    options(Where::ALL.map(|place| (place.word(), place.label())))
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
