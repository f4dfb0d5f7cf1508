//! Pieces: what automations are made of, and what can be chosen in their forms.

use contract::commands::{ListChoices, ListPieces, ShowPiece};
use contract::{Code, Fault, FieldChoices, FlowPlace, PieceSummary};
use flow::PieceCall;
use flow::piece::PieceMetadata;
use runner::Choices;
use serde::Serialize;

use super::flows::drafts::read_document;
use super::words::repeated;
use crate::automation::server;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

/// Names that begin so have no counterpart on a server.
const ONLY_HERE: &str = "@pmos/";
/// Larger forms are refused, in bytes.
const FORM: usize = 4 << 20;

impl Handle<ListPieces> for Ask<'_> {
    async fn handle(&self, _: ListPieces) -> Result<Vec<PieceSummary>, Fault> {
        let desk = self.desk().await?;
        let mut pieces = desk.automations.catalog().described().map(summary).collect::<Result<Vec<_>, Fault>>()?;
        let there = server::pieces_if_there(&desk).await;
        let only_there = |piece: &PieceSummary| desk.automations.catalog().metadata(&piece.name).is_none();
        pieces.extend(there.into_iter().filter(only_there));
        Ok(pieces)
    }
}

impl Handle<ShowPiece> for Ask<'_> {
    // There is one version of each piece in the app, whichever a flow was made with; what the app does not have, a server may.
    async fn handle(&self, ShowPiece { name, version }: ShowPiece) -> Result<PieceSummary, Fault> {
        let desk = self.desk().await?;
        let found = desk.automations.catalog().metadata(&name);
        let is_ours = found.is_some_and(|piece| version.as_ref().is_none_or(|version| *version == piece.version));
        if !is_ours && let Some(there) = server::piece_if_there(&desk, &name, version.as_deref()).await {
            return Ok(there);
        }
        found.map_or_else(|| Err(unknown(&name)), summary)
    }
}

impl Handle<ListChoices> for Ask<'_> {
    async fn handle(&self, ask: ListChoices) -> Result<FieldChoices, Fault> {
        if ask.input.len() > FORM {
            return Err(Fault::invalid("input", "The form holds more than 4 MB. Put less into it."));
        }
        let input = serde_json::from_str(&ask.input)
            .map_err(|_| Fault::invalid("input", "What the form holds cannot be read. Open the step again."))?;
        let desk = self.desk().await?;
        let stored = desk.store.flow(ask.id).await.into_fault()?;
        let flow = read_document(&stored.document)?;
        let call = if flow.trigger.name == ask.step {
            flow.trigger.call().cloned()
        } else {
            let found = flow.steps.walk().into_iter().find(|visit| visit.step.name == ask.step);
            let found = found.ok_or_else(|| {
                let message = format!("There is no step {} any more. Choose another.", repeated(&ask.step));
                Fault { field: Some("step".into()), ..Fault::new(Code::NotFound, message) }
            })?;
            found.step.call().cloned()
        };
        let call = call.ok_or_else(|| Fault::invalid("step", "This step has no field with choices."))?;
        let search = ask.search.as_deref().map(str::trim).filter(|search| !search.is_empty());
        if stored.flow.place == FlowPlace::Server {
            return server::choices(&desk, &stored, &call, &ask.field, input, search.map(str::to_owned)).await;
        }
        let call = PieceCall { input, ..call };
        match desk.automations.runner().options(&call, &ask.field, search).await {
            Choices::Dropdown(options) => Ok(FieldChoices { options: text(&options)?, ..FieldChoices::default() }),
            Choices::Dynamic(fields) => Ok(FieldChoices { fields: text(&fields)?, ..FieldChoices::default() }),
        }
    }
}

fn summary(piece: &PieceMetadata) -> Result<PieceSummary, Fault> {
    let places = match piece.name.starts_with(ONLY_HERE) {
        true => vec![FlowPlace::Here],
        false => vec![FlowPlace::Here, FlowPlace::Server],
    };
    Ok(PieceSummary {
        name: piece.name.clone(),
        version: piece.version.clone(),
        label: piece.display_name.clone(),
        description: piece.description.clone(),
        places,
        metadata: text(piece)?,
    })
}

fn unknown(name: &str) -> Fault {
    let message = format!(
        "The piece {} does not run in this app. Replace the step, or run the flow on a server.",
        repeated(name)
    );
    Fault::new(Code::NotFound, message)
}

fn text<T: Serialize>(of: &T) -> Result<String, Fault> {
    serde_json::to_string(of).map_err(|why| Fault::new(Code::Internal, format!("It could not be written: {why}.")))
}
