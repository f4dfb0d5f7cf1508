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
    let mut name = model.name().to_owned();
    send(Answer::From(name.clone())).await;
    // Nobody can tell what a model elsewhere minded of what it was told: all of it counts.
    if !model.capacity().reads_everything && !request.world.memories.is_empty() {
        host.recalled(turn, request.world.memories.iter().map(|memory| memory.id).collect()).await;
    }
    let mut reply = model.stream(request);
    while let Some(event) = reply.next().await {
        match event {
            Ok(ModelEvent::From(other)) => {
                name = other;
                send(Answer::From(name.clone())).await;
            }
            Ok(ModelEvent::Text(text)) => send(Answer::Text(text)).await,
            Ok(ModelEvent::Call { tool, input }) => {
                let terms = host.terms(turn, &tool, &input).await;
                send(Answer::Called(tool, input, terms)).await;
            }
            Ok(ModelEvent::Recalled(memories)) => host.recalled(turn, memories).await,
            Ok(ModelEvent::Sealed(sealed)) => send(Answer::Sealed(sealed)).await,
            Ok(ModelEvent::Used { tokens_in, tokens_out }) => {
                let cost = host.cost(&name, tokens_in, tokens_out);
                send(Answer::Used { tokens_in, tokens_out, cost }).await;
            }
            Ok(ModelEvent::Stop) => return send(Answer::Ended).await,
            Err(error) => return send(Answer::Broke(error.message)).await,
        }
    }
    send(Answer::Broke("The reply broke off before it was complete. Ask again.".into())).await;
}
