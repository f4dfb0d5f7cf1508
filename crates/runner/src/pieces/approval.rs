//! Waiting for a person to say yes or no.

use async_trait::async_trait;
use flow::piece::PieceMetadata;
use serde_json::json;

use super::describe::{categories, long, named, piece, plain};
use crate::{Call, Delivery, Failure, Map, Piece, Reply, Wait};

pub(super) struct Approval;

#[async_trait]
impl Piece for Approval {
    fn describe(&self) -> PieceMetadata {
        let wait = plain(
            "wait_for_approval",
            "Wait for Approval",
            "Pauses the flow until a person has said yes or no.",
            vec![long("question", "Question").says("What the person is asked. An Activepieces server passes over it.")],
        );
        PieceMetadata {
            actions: named(vec![wait]),
            categories: categories(&["CORE", "FLOW_CONTROL"]),
            ..piece("@activepieces/piece-approval", "0.1.19", "Approval", "Waits for a person")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let question = Some(call.text("question")).filter(|question| !question.is_empty());
        let question = question.unwrap_or_else(|| "Shall the automation go on?".to_owned());
        Ok(Reply::Wait(json!({ "approved": true }), Wait::Approval { question }))
    }
}
