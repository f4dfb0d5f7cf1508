//! Tests of flows and steps, watched as they run. Everybody in a project hears everybody's tests, so each is told by its
//! id. What is missed while there is no connection is asked for.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::Socket;
use super::event::{Progress, SocketEvent};
use crate::fault::lost;
use crate::{Client, Fault, Run, StepTest};

/// A test of a flow while it runs.
#[derive(Debug)]
pub struct Watch {
    client: Client,
    events: broadcast::Receiver<Arc<SocketEvent>>,
    started: Run,
    is_over: bool,
}

impl Watch {
    /// The run as it began.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.started
    }

    /// How it goes on; `None` once it is over. The last that comes before has the run's end.
    ///
    /// # Errors
    /// What any request may meet, when the connection was lost and the run is asked for instead.
    pub async fn next(&mut self) -> Result<Option<Progress>, Fault> {
        if self.is_over {
            return Ok(None);
        }
        let patience = self.client.patience().slow_reply;
        loop {
            let heard = tokio::time::timeout(patience, self.events.recv()).await;
            let told = match heard {
                Ok(Ok(event)) => match &*event {
                    SocketEvent::Progress(progress) if progress.run.id == self.started.id => {
                        // The last step ends before the run does.
                        self.is_over = progress.run.status.is_ended() && progress.run.finish_time.is_some();
                        return Ok(Some((**progress).clone()));
                    }
                    SocketEvent::Up | SocketEvent::Ended(_) => None,
                    SocketEvent::Down
                    | SocketEvent::Progress(_)
                    | SocketEvent::TestStarted(_)
                    | SocketEvent::StepFinished(_)
                    | SocketEvent::Locked { .. }
                    | SocketEvent::Unlocked { .. }
                    | SocketEvent::Presence { .. }
                    | SocketEvent::Other { .. } => continue,
                },
                Ok(Err(RecvError::Lagged(_))) | Err(_) => None,
                Ok(Err(RecvError::Closed)) => Some(()),
            };
            // Something may have been missed: the run itself knows.
            let run = match told {
                None => self.client.run(&self.started.id).await?,
                Some(()) => self.client.finished_run(&self.started.id).await?,
            };
            self.is_over = run.status.is_ended();
            return Ok(Some(Progress { run, step: None }));
        }
    }
}

impl Socket {
    /// Begins to test a version with what is kept as the sample of its trigger: there is no other way than this.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when the server does not begin in time.
    pub async fn test_flow(&self, version: &str) -> Result<Watch, Fault> {
        let _alone = self.testing.lock().await;
        let me = self.client.account().await?.user_id;
        let mut events = self.events();
        self.tell("TEST_FLOW_RUN", json!({ "flowVersionId": version }), None).await?;
        let begin = async {
            loop {
                match hear(&mut events).await {
                    Heard::Started(run) if is_ours(&run, version, &me) => return Ok(*run),
                    Heard::Started(_) | Heard::Finished(_) | Heard::Missed => {}
                    Heard::Down => return Err(lost("the connection was lost as the test began", true)),
                    Heard::Ended(fault) => return Err(fault),
                    Heard::Closed => return Err(lost("the connection has ended", true)),
                }
            }
        };
        let limit = self.client.patience().slow_reply;
        let timed = async {
            tokio::time::timeout(limit, begin).await.map_err(|_| lost("the test did not begin in time", true))?
        };
        let started = self.client.guarded(timed).await?;
        Ok(Watch { client: self.client.clone(), events, started, is_over: false })
    }

    /// Tests a step by itself, and lets the server keep what came if it went well: later steps find nothing otherwise.
    ///
    /// # Errors
    /// What any request may meet. A step that fails is no error: see [`StepTest::success`].
    pub async fn test_step(&self, flow: &str, version: &str, step: &str) -> Result<StepTest, Fault> {
        let mut events = self.events();
        let started = self.client.start_step_test(&self.project, version, step).await?;
        let patience = self.client.patience().slow_reply;
        let told = async {
            loop {
                match hear(&mut events).await {
                    Heard::Finished(test) if test.run_id == started.id => return Some(*test),
                    Heard::Started(_) | Heard::Finished(_) => {}
                    Heard::Missed | Heard::Down | Heard::Ended(_) | Heard::Closed => return None,
                }
            }
        };
        let timed = async { Ok(tokio::time::timeout(patience, told).await.ok().flatten()) };
        let test = match self.client.guarded(timed).await? {
            Some(test) => test,
            None => self.client.finished_step_test(&started.id, step).await?,
        };
        self.client.keep_step_test(flow, step, &test).await?;
        Ok(test)
    }
}

/// What matters to who waits for a test.
enum Heard {
    Started(Box<Run>),
    Finished(Box<StepTest>),
    /// Something was told, and came too fast to be heard.
    Missed,
    Down,
    Ended(Fault),
    /// Nothing more will be told.
    Closed,
}

async fn hear(events: &mut broadcast::Receiver<Arc<SocketEvent>>) -> Heard {
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => return Heard::Missed,
            Err(RecvError::Closed) => return Heard::Closed,
        };
        match &*event {
            SocketEvent::TestStarted(run) => return Heard::Started(run.clone()),
            SocketEvent::StepFinished(test) => return Heard::Finished(test.clone()),
            SocketEvent::Down => return Heard::Down,
            SocketEvent::Ended(fault) => return Heard::Ended(fault.clone()),
            SocketEvent::Up
            | SocketEvent::Progress(_)
            | SocketEvent::Locked { .. }
            | SocketEvent::Unlocked { .. }
            | SocketEvent::Presence { .. }
            | SocketEvent::Other { .. } => {}
        }
    }
}

fn is_ours(run: &Run, version: &str, me: &str) -> bool {
    let is_mine = run.triggered_by.as_deref().is_none_or(|by| me.is_empty() || by == me);
    run.flow_version_id == version && is_mine
}
