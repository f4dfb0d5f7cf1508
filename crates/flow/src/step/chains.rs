//! The chains that a step holds: where they are, what is left without them, and whether two steps are alike but for them.

use crate::step::{Code, FailureBranches, Kind, LoopOnItems, Other, Piece};
use crate::{Branch, Chain, Router, Slot, Step};

impl FailureBranches {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.on_success.is_empty() && self.on_failure.is_empty() && self.extra.is_empty()
    }

    fn shell(&self) -> Self {
        Self { on_success: Chain::new(), on_failure: Chain::new(), extra: self.extra.clone() }
    }

    fn nth(&self, n: usize) -> Option<(Slot, &Chain)> {
        match n {
            0 => Some((Slot::OnSuccess, &self.on_success)),
            1 => Some((Slot::OnFailure, &self.on_failure)),
            _ => None,
        }
    }
}

impl Step {
    /// Every chain that the step has room for, full or empty, in the order of the page.
    pub fn chains(&self) -> impl Iterator<Item = (Slot, &Chain)> {
        (0..).map_while(|n| self.nth(n))
    }

    /// One of its chains.
    #[must_use]
    pub fn chain(&self, slot: Slot) -> Option<&Chain> {
        match (&self.kind, slot) {
            (Kind::Loop(inner), Slot::Body) => Some(&inner.body),
            (Kind::Router(router), Slot::Branch(n)) => router.branches.get(n).map(|branch| &branch.chain),
            (Kind::Code(Code { failure, .. }) | Kind::Piece(Piece { failure, .. }), Slot::OnSuccess) => {
                Some(&failure.on_success)
            }
            (Kind::Code(Code { failure, .. }) | Kind::Piece(Piece { failure, .. }), Slot::OnFailure) => {
                Some(&failure.on_failure)
            }
            (Kind::Other(other), Slot::Body) => Some(&other.body),
            (Kind::Other(other), Slot::Branch(n)) => other.children.get(n),
            (Kind::Other(other), Slot::OnSuccess) => Some(&other.failure.on_success),
            (Kind::Other(other), Slot::OnFailure) => Some(&other.failure.on_failure),
            (Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Router(_), _) => None,
        }
    }

    /// One of its chains, to be changed.
    pub fn chain_mut(&mut self, slot: Slot) -> Option<&mut Chain> {
        match (&mut self.kind, slot) {
            (Kind::Loop(inner), Slot::Body) => Some(&mut inner.body),
            (Kind::Router(router), Slot::Branch(n)) => router.branches.get_mut(n).map(|branch| &mut branch.chain),
            (Kind::Code(Code { failure, .. }) | Kind::Piece(Piece { failure, .. }), Slot::OnSuccess) => {
                Some(&mut failure.on_success)
            }
            (Kind::Code(Code { failure, .. }) | Kind::Piece(Piece { failure, .. }), Slot::OnFailure) => {
                Some(&mut failure.on_failure)
            }
            (Kind::Other(other), Slot::Body) => Some(&mut other.body),
            (Kind::Other(other), Slot::Branch(n)) => other.children.get_mut(n),
            (Kind::Other(other), Slot::OnSuccess) => Some(&mut other.failure.on_success),
            (Kind::Other(other), Slot::OnFailure) => Some(&mut other.failure.on_failure),
            (Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Router(_), _) => None,
        }
    }

    /// Whether any of its chains has a step.
    #[must_use]
    pub fn holds_steps(&self) -> bool {
        self.chains().any(|(_, chain)| !chain.is_empty())
    }

    fn nth(&self, n: usize) -> Option<(Slot, &Chain)> {
        match &self.kind {
            Kind::Code(code) => code.failure.nth(n),
            Kind::Piece(piece) => piece.failure.nth(n),
            Kind::Loop(inner) => (n == 0).then_some((Slot::Body, &inner.body)),
            Kind::Router(router) => router.branches.get(n).map(|branch| (Slot::Branch(n), &branch.chain)),
            Kind::Other(other) => match n {
                0 => Some((Slot::Body, &other.body)),
                1 | 2 => other.failure.nth(n - 1),
                _ => other.children.get(n - 3).map(|chain| (Slot::Branch(n - 3), chain)),
            },
        }
    }

    pub(crate) fn each_chain_mut(&mut self, each: &mut dyn FnMut(&mut Chain)) {
        match &mut self.kind {
            Kind::Code(Code { failure, .. }) | Kind::Piece(Piece { failure, .. }) => {
                each(&mut failure.on_success);
                each(&mut failure.on_failure);
            }
            Kind::Loop(inner) => each(&mut inner.body),
            Kind::Router(router) => router.branches.iter_mut().for_each(|branch| each(&mut branch.chain)),
            Kind::Other(other) => {
                each(&mut other.body);
                each(&mut other.failure.on_success);
                each(&mut other.failure.on_failure);
                other.children.iter_mut().for_each(each);
            }
        }
    }

    /// Moves what it holds into the same chains of another step.
    pub(crate) fn move_held_into(&mut self, other: &mut Self) {
        let slots: Vec<Slot> = self.chains().filter(|(_, chain)| !chain.is_empty()).map(|(slot, _)| slot).collect();
        for slot in slots {
            if let (Some(from), Some(to)) = (self.chain_mut(slot), other.chain_mut(slot)) {
                *to = std::mem::take(from);
            }
        }
    }

    /// Adds the steps of all its chains, in the order of the page.
    pub(crate) fn held_steps_mut<'s>(&'s mut self, into: &mut Vec<&'s mut Step>) {
        match &mut self.kind {
            Kind::Code(Code { failure, .. }) | Kind::Piece(Piece { failure, .. }) => {
                into.extend(failure.on_success.iter_mut().chain(failure.on_failure.iter_mut()));
            }
            Kind::Loop(inner) => into.extend(inner.body.iter_mut()),
            Kind::Router(router) => into.extend(router.branches.iter_mut().flat_map(|branch| branch.chain.iter_mut())),
            Kind::Other(other) => {
                let failure = other.failure.on_success.iter_mut().chain(other.failure.on_failure.iter_mut());
                let children = other.children.iter_mut().flat_map(|chain| chain.iter_mut());
                into.extend(other.body.iter_mut().chain(failure).chain(children));
            }
        }
    }

    /// The step with its chains empty.
    #[must_use]
    pub fn shell(&self) -> Self {
        let kind = match &self.kind {
            Kind::Code(code) => Kind::Code(Code {
                code: code.code.clone(),
                package_json: code.package_json.clone(),
                input: code.input.clone(),
                errors: code.errors.clone(),
                failure: code.failure.shell(),
                source_extra: code.source_extra.clone(),
            }),
            Kind::Piece(piece) => Kind::Piece(Piece {
                call: piece.call.clone(),
                errors: piece.errors.clone(),
                failure: piece.failure.shell(),
            }),
            Kind::Loop(inner) => Kind::Loop(LoopOnItems { items: inner.items.clone(), body: Chain::new() }),
            Kind::Router(router) => Kind::Router(Router {
                execution: router.execution,
                branches: router.branches.iter().map(Branch::shell).collect(),
            }),
            Kind::Other(other) => Kind::Other(Other {
                kind: other.kind.clone(),
                body: Chain::new(),
                children: other.children.iter().map(|_| Chain::new()).collect(),
                failure: other.failure.shell(),
            }),
        };
        Self {
            name: self.name.clone(),
            display_name: self.display_name.clone(),
            skip: self.skip,
            valid: self.valid,
            kind,
            settings: self.settings.clone(),
            extra: self.extra.clone(),
        }
    }

    /// Whether the two are alike but for what they hold.
    #[must_use]
    pub fn same_shell(&self, other: &Self) -> bool {
        let same_kind = match (&self.kind, &other.kind) {
            (Kind::Code(a), Kind::Code(b)) => {
                (&a.code, &a.package_json, &a.input, &a.errors, &a.failure.extra, &a.source_extra)
                    == (&b.code, &b.package_json, &b.input, &b.errors, &b.failure.extra, &b.source_extra)
            }
            (Kind::Piece(a), Kind::Piece(b)) => {
                (&a.call, &a.errors, &a.failure.extra) == (&b.call, &b.errors, &b.failure.extra)
            }
            (Kind::Loop(a), Kind::Loop(b)) => a.items == b.items,
            (Kind::Router(a), Kind::Router(b)) => {
                a.execution == b.execution
                    && a.branches.len() == b.branches.len()
                    && a.branches.iter().zip(&b.branches).all(|(a, b)| a.same_shell(b))
            }
            (Kind::Other(a), Kind::Other(b)) => {
                (&a.kind, a.children.len(), &a.failure.extra) == (&b.kind, b.children.len(), &b.failure.extra)
            }
            (Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Router(_) | Kind::Other(_), _) => false,
        };
        same_kind
            && (&self.name, &self.display_name, self.skip, self.valid, &self.settings, &self.extra)
                == (&other.name, &other.display_name, other.skip, other.valid, &other.settings, &other.extra)
    }
}
