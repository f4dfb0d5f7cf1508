//! Hears one reply of a model out and passes it on. Aborted, it ends the request.

use std::sync::Arc;

use contract::TurnId;
use futures::StreamExt;
use tokio::sync::mpsc;

use super::{Asked, Host};
use crate::model::ModelEvent;
use crate::turn::Answer;

pub(super) async fn hear<H: Host>(host: Arc<H>, turn: TurnId, inbox: mpsc::Sender<(TurnId, Answer)>) {
    // Whoever no longer listens has gone on.
    let send = async |answer| drop(inbox.send((turn, answer)).await);
    let Asked { model, request } = match host.ask(turn).await {
        Ok(asked) => asked,
        Err(why) => return send(Answer::Broke(why)).await,
    };
    send(Answer::From(model.name().to_owned())).await;
    let mut reply = model.stream(request);
    while let Some(event) = reply.next().await {
        match event {
            Ok(ModelEvent::Text(text)) => send(Answer::Text(text)).await,
            Ok(ModelEvent::Call { tool, input }) => {
                let terms = host.terms(turn, &tool, &input).await;
                send(Answer::Called(tool, input, terms)).await;
            }
            Ok(ModelEvent::Used { tokens_in, tokens_out }) => {
                let cost = host.cost(model.name(), tokens_in, tokens_out);
                send(Answer::Used { tokens_in, tokens_out, cost }).await;
            }
            Ok(ModelEvent::Stop) => return send(Answer::Ended).await,
            Err(error) => return send(Answer::Broke(error.message)).await,
        }
    }
    send(Answer::Broke("The reply broke off before it was complete. Ask again.".into())).await;
}
