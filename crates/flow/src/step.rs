//! A step: what it is called and what it does.

mod chains;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Branch, Chain, Execution, Map, Router};

/// One step of a flow.
///
/// `settings` and `extra` hold what this version does not read, under the keys of the wire, so that nothing of a server's
/// is lost.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its address: unique in a flow, and what expressions call it by.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// Whether it is passed over; `None` if nobody ever said.
    pub skip: Option<bool>,
    /// Whether its settings are complete, as last told by who edited it.
    pub valid: Option<bool>,
    /// What it does.
    pub kind: Kind,
    /// What else its settings say.
    pub settings: Map,
    /// What else it says.
    pub extra: Map,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Runs code.
    Code(Code),
    /// Calls an action of a piece.
    Piece(Piece),
    /// Does its chain once for each item of a list.
    Loop(LoopOnItems),
    /// Goes into those branches whose conditions hold.
    Router(Router),
    /// Something that this version does not know: kept as it is, moved and deleted, never changed inside.
    Other(Other),
}

/// Code to run, and what it is given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    /// A module that exports `code`.
    pub code: String,
    /// The packages that it wants, as the text of a package.json; empty if nothing is said.
    pub package_json: String,
    /// What the code is called with; texts may hold expressions.
    pub input: Map,
    /// What to do when it fails.
    pub errors: ErrorHandling,
    /// What follows success and failure.
    pub failure: FailureBranches,
    /// What else is said about the source.
    pub source_extra: Map,
}

/// An action of a piece.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// Which one, with what.
    pub call: PieceCall,
    /// What to do when it fails.
    pub errors: ErrorHandling,
    /// What follows success and failure.
    pub failure: FailureBranches,
}

/// An action or trigger of a piece, and its input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PieceCall {
    /// Such as `@activepieces/piece-http`.
    pub piece: String,
    /// Such as `0.11.9`, or `~0.11.9` until a server has chosen one.
    pub version: String,
    /// The action or trigger; empty until one is chosen.
    pub operation: String,
    /// A value per property; texts may hold expressions.
    pub input: Map,
    /// Per property, whether a person typed an expression in place of the control, and what dynamic fields there were.
    pub property_settings: Map,
}

impl PieceCall {
    /// Whether a person typed an expression for this property in place of using its control.
    #[must_use]
    pub fn is_dynamic(&self, property: &str) -> bool {
        let kind = self.property_settings.get(property).and_then(|settings| settings.get("type"));
        kind.and_then(Value::as_str) == Some("DYNAMIC")
    }
}

/// What to do when a step fails.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorHandling {
    /// Whether the flow goes on.
    pub continue_on_failure: Option<bool>,
    /// Whether the step is tried again, up to four times.
    pub retry_on_failure: Option<bool>,
    /// What else is said.
    pub extra: Map,
}

/// What follows a step that may fail, before the chain goes on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FailureBranches {
    /// When it went well.
    pub on_success: Chain,
    /// When it failed.
    pub on_failure: Chain,
    /// What else is said.
    pub extra: Map,
}

/// A loop over the items of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoopOnItems {
    /// The list, as an expression.
    pub items: String,
    /// What is done for each item.
    pub body: Chain,
}

/// A step of a kind that this version does not know, with every chain that it was found to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Other {
    /// What the wire calls it.
    pub kind: String,
    /// The chain that hangs where a loop's does.
    pub body: Chain,
    /// The chains that hang where a router's do.
    pub children: Vec<Chain>,
    /// The chains that hang where those after success and failure do.
    pub failure: FailureBranches,
}

/// One of the chains that a step holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// What a loop does for each item.
    Body,
    /// A router's branch, from 0.
    Branch(usize),
    /// What follows success.
    OnSuccess,
    /// What follows failure.
    OnFailure,
}

impl Step {
    /// A step with nothing but its kind.
    #[must_use]
    pub fn new(name: impl Into<String>, display_name: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            display_name: display_name.into(),
            skip: None,
            valid: Some(true),
            kind,
            settings: Map::new(),
            extra: Map::new(),
        }
    }

    /// A step that runs code.
    #[must_use]
    pub fn code(name: impl Into<String>, display_name: impl Into<String>, code: impl Into<String>) -> Self {
        let code = Code { code: code.into(), package_json: "{}".to_owned(), ..Code::default() };
        Self::new(name, display_name, Kind::Code(code))
    }

    /// A step that calls an action of a piece.
    #[must_use]
    pub fn piece(name: impl Into<String>, display_name: impl Into<String>, call: PieceCall) -> Self {
        Self::new(name, display_name, Kind::Piece(Piece { call, ..Piece::default() }))
    }

    /// A loop with nothing in it.
    #[must_use]
    pub fn loop_on(name: impl Into<String>, display_name: impl Into<String>, items: impl Into<String>) -> Self {
        Self::new(name, display_name, Kind::Loop(LoopOnItems { items: items.into(), body: Chain::new() }))
    }

    /// A router with one branch for each name, and the fallback.
    #[must_use]
    pub fn router(name: impl Into<String>, display_name: impl Into<String>, branches: &[&str]) -> Self {
        let branches = branches.iter().map(|name| Branch::condition(*name)).chain([Branch::fallback("Otherwise")]);
        let router = Router { execution: Some(Execution::FirstMatch), branches: branches.collect() };
        Self::new(name, display_name, Kind::Router(router))
    }

    /// Whether it is passed over.
    #[must_use]
    pub fn is_skipped(&self) -> bool {
        self.skip == Some(true)
    }

    /// What a piece step calls.
    #[must_use]
    pub fn call(&self) -> Option<&PieceCall> {
        match &self.kind {
            Kind::Piece(piece) => Some(&piece.call),
            Kind::Code(_) | Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => None,
        }
    }

    /// What the step is given, if its kind takes named inputs.
    #[must_use]
    pub fn input(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Code(code) => Some(&code.input),
            Kind::Piece(piece) => Some(&piece.call.input),
            Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => None,
        }
    }

    /// What the step is given, to be changed.
    pub fn input_mut(&mut self) -> Option<&mut Map> {
        match &mut self.kind {
            Kind::Code(code) => Some(&mut code.input),
            Kind::Piece(piece) => Some(&mut piece.call.input),
            Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => None,
        }
    }

    /// What to do when it fails, if its kind can say.
    #[must_use]
    pub fn errors(&self) -> Option<&ErrorHandling> {
        match &self.kind {
            Kind::Code(code) => Some(&code.errors),
            Kind::Piece(piece) => Some(&piece.errors),
            Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => None,
        }
    }

    /// Where a server keeps what the last test brought.
    #[must_use]
    pub fn sample_data(&self) -> Option<&Value> {
        self.settings.get("sampleData")
    }
}
