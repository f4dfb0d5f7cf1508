//! Takes a flow from here to a server, and from a server to here, and tells what has no counterpart on the other side.

mod reach;

use std::collections::{BTreeMap, BTreeSet};

use flow::{Flow, Kind, Op, PieceCall, Refusal, Syntax, apply};

use self::reach::{each_call, reached, without_server};
use crate::editor::any_failure;
use crate::flows::Filed;
use crate::{Client, ConnectionFilter, Fault, Features, NoCache, PieceFilter, Pieces};

/// What a call of a piece becomes on the other side.
#[derive(Clone, Debug, PartialEq)]
pub enum Counterpart {
    /// The same.
    Same,
    /// This.
    Other(Box<PieceCall>),
    /// Nothing, for this reason: a sentence.
    None(String),
}

/// What is said about pieces that exist on one side only.
pub type Translate<'t> = &'t (dyn Fn(&PieceCall) -> Counterpart + Sync);

/// Something that has no counterpart on the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The step or trigger that it is about; `None` for the flow as a whole.
    pub step: Option<String>,
    /// What is missing, and what to do: a sentence.
    pub message: String,
    /// The connection that is missing, by its name on the server; `None` when it is something else.
    pub connection: Option<String>,
    /// Whether the flow cannot do its work until somebody does.
    pub is_blocking: bool,
}

/// A flow that arrived at a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The flow as the server has it.
    pub flow: Flow,
    /// What has no counterpart there.
    pub gaps: Vec<Gap>,
}

/// A flow that came from a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// The flow, with nothing of the server's left in it.
    pub flow: Flow,
    /// What has no counterpart here.
    pub gaps: Vec<Gap>,
}

/// Why a flow did not arrive whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct MoveFault {
    /// What went wrong.
    pub fault: Fault,
    /// The flow that was made at the server by then: move into it again, or delete it.
    pub created: Option<String>,
}

/// What a server has, as far as a flow needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// Its pieces, each with the version that it has.
    pub pieces: BTreeMap<String, String>,
    /// What flows call its connections by.
    pub connections: BTreeSet<String>,
    /// Its variables; `None` if it has no such thing.
    pub variables: Option<BTreeSet<String>>,
    /// What it can do.
    pub features: Features,
}

impl Client {
    /// Asks what a project of the server has.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn stock(&self, project: &str) -> Result<Stock, Fault> {
        let features = self.flags().await?.features();
        let pieces = Pieces::new(self.clone(), std::sync::Arc::new(NoCache));
        let pieces = pieces
            .list(Some(project), &PieceFilter::default())
            .await?
            .items
            .into_iter()
            .map(|piece| (piece.name, piece.version))
            .collect();
        let connections = self.connections(project, &ConnectionFilter::default(), None, Some(1000)).await?;
        let connections = connections.items.into_iter().map(|connection| connection.external_id).collect();
        let variables = match features.variables {
            true => {
                Some(self.variables(project, None).await?.items.into_iter().map(|variable| variable.name).collect())
            }
            false => None,
        };
        Ok(Stock { pieces, connections, variables, features })
    }

    /// Makes a flow at the server that is like this one. It is not published.
    ///
    /// # Errors
    /// What any request may meet, with the flow that was made by then.
    pub async fn move_in(
        &self,
        project: &str,
        flow: &Flow,
        filed: Option<&Filed>,
        translate: Translate<'_>,
    ) -> Result<Moved, MoveFault> {
        let none = |fault| MoveFault { fault, created: None };
        let stock = self.stock(project).await.map_err(none)?;
        let (prepared, gaps) = prepare(flow, &stock, translate).map_err(|refused| none(refused_fault(refused)))?;
        let created = self.create_flow(project, &prepared.display_name, filed).await.map_err(none)?;
        let id = created.flow_id().unwrap_or_default().to_owned();
        let flow = self.fill(&id, &prepared).await.map_err(|fault| MoveFault { fault, created: Some(id.clone()) })?;
        Ok(Moved { flow, gaps })
    }

    /// The same into a flow that is there: one in which an earlier try ended.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn move_into(
        &self,
        project: &str,
        id: &str,
        flow: &Flow,
        translate: Translate<'_>,
    ) -> Result<Moved, MoveFault> {
        let fault = |fault| MoveFault { fault, created: Some(id.to_owned()) };
        let stock = self.stock(project).await.map_err(fault)?;
        let (prepared, gaps) = prepare(flow, &stock, translate).map_err(|refused| fault(refused_fault(refused)))?;
        let flow = self.fill(id, &prepared).await.map_err(fault)?;
        Ok(Moved { flow, gaps })
    }

    /// Takes a flow of the server to here. The one at the server stays as it is.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there, [`Fault::Unreadable`] when it is written in a form that this app does not
    /// know.
    pub async fn bring(&self, id: &str, translate: Translate<'_>) -> Result<Brought, Fault> {
        let found = self.flow(id, None).await?;
        if let Some(reason) = found.read_only() {
            return Err(Fault::Unreadable(reason));
        }
        bring(&found, translate).map_err(refused_fault)
    }

    /// Sends the whole, and looks whether it arrived.
    async fn fill(&self, id: &str, prepared: &Flow) -> Result<Flow, Fault> {
        let op = Op::ImportFlow { document: Box::new(prepared.document()) };
        let arrived = self.operate(id, &op).await?;
        let arrived = arrived.ok_or_else(|| Fault::unreadable("it did not answer to the import"))?;
        if crate::editor::is_same(prepared, &arrived) {
            return Ok(arrived);
        }
        Err(Fault::Failed(
            "The server took the flow and made something else of it. Open it there and compare before you publish."
                .to_owned(),
        ))
    }
}

fn refused_fault(refused: Refusal) -> Fault {
    Fault::Invalid { field: refused.field, message: refused.message }
}

/// A flow as the server can take it, and what it lacks there.
///
/// # Errors
/// If the flow's version of the format is unknown here.
pub fn prepare(flow: &Flow, stock: &Stock, translate: Translate<'_>) -> Result<(Flow, Vec<Gap>), Refusal> {
    if let Some(reason) = flow.read_only() {
        return Err(Refusal { step: None, field: None, message: reason });
    }
    let mut gaps = Vec::new();
    let mut flow = without_server(flow);
    if !stock.features.failure_branches && any_failure(&flow.steps) {
        gaps.push(whole(
            "The server is older than 0.84: what follows success and failure of a step would be lost. Update it first.",
        ));
    }
    each_call(&mut flow, &mut gaps, &mut |call, gap| {
        match translate(call) {
            Counterpart::Same => {}
            Counterpart::Other(other) => *call = *other,
            Counterpart::None(reason) => return gap(reason, true),
        }
        match stock.pieces.get(&call.piece) {
            None => gap(
                format!("The server does not have the piece {}. Install it there, or use another.", call.piece),
                true,
            ),
            Some(version) if call.version.trim_start_matches(['~', '^']) != version => {
                let before = std::mem::replace(&mut call.version, version.clone());
                if !before.is_empty() {
                    let piece = &call.piece;
                    gap(
                        format!(
                            "This was made with version {before} of {piece}, and the server has {version}. Check its settings."
                        ),
                        false,
                    );
                }
            }
            Some(_) => {}
        }
    });
    let reached = reached(&flow);
    for (_, step, name) in reached.connections {
        if !stock.connections.contains(&name) {
            let message = format!("There is no connection {name} on the server. Make one there, or choose another.");
            gaps.push(Gap { connection: Some(name), ..gap(&step, message, true) });
        }
    }
    for (_, step, name) in reached.variables {
        let is_there = stock.variables.as_ref().map(|variables| variables.contains(&name));
        match is_there {
            Some(true) => {}
            Some(false) => {
                gaps.push(gap(&step, format!("There is no variable {name} on the server. Make it there."), true))
            }
            None => gaps.push(gap(
                &step,
                format!("This server has no variables yet, so {name} would be empty. Write its value into the step."),
                true,
            )),
        }
    }
    Ok((flow, gaps))
}

/// A flow of a server as it is here, and what it lacks here.
///
/// # Errors
/// If its expressions cannot be brought to the form that is written here.
pub fn bring(flow: &Flow, translate: Translate<'_>) -> Result<Brought, Refusal> {
    let mut gaps = Vec::new();
    let mut flow = without_server(flow);
    if flow.schema.syntax() == Some(Syntax::Bare) {
        let migrated = flow::expr::migrate(&flow, flow::SchemaVersion::LATEST)?;
        for finding in &migrated.left {
            gaps.push(Gap { is_blocking: false, ..whole(&finding.message) });
        }
        apply(&mut flow, migrated.op)?;
    }
    each_call(&mut flow, &mut gaps, &mut |call, gap| match translate(call) {
        Counterpart::Same => {}
        Counterpart::Other(other) => *call = *other,
        Counterpart::None(reason) => gap(reason, true),
    });
    let reached = reached(&flow);
    for (_, step, name) in reached.connections {
        let message = format!(
            "The connection {name} stays on the server, since it never tells what it holds. Connect the app here."
        );
        gaps.push(Gap { connection: Some(name), ..gap(&step, message, true) });
    }
    for (_, step, name) in reached.variables {
        gaps.push(gap(
            &step,
            format!("The variable {name} stays on the server. Write its value into the step here."),
            true,
        ));
    }
    for visit in flow.steps.walk() {
        if let Kind::Other(other) = &visit.step.kind {
            let message = format!(
                "{} is of a kind that is unknown here ({}). It is kept and not run.",
                visit.step.display_name, other.kind
            );
            gaps.push(gap(&visit.step.name, message, true));
        }
    }
    Ok(Brought { flow, gaps })
}

fn gap(step: &str, message: String, is_blocking: bool) -> Gap {
    Gap { step: Some(step.to_owned()), message, connection: None, is_blocking }
}

fn whole(message: &str) -> Gap {
    Gap { step: None, message: message.to_owned(), connection: None, is_blocking: true }
}
