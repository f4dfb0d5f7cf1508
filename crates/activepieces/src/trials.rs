//! Trying things out: a trigger's samples, a step by itself, and where results are kept.
//!
//! The server forgets what the test of a step brought unless it is given it back; until then later steps find nothing.

use flow::{Op, RunStatus, SampleSide};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::http::Ask;
use crate::wire::{self, Page, lenient};
use crate::{Client, Fault, Output, Run, ToldStatus, Trouble};

/// Something that came for a trigger, or was made up for it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TriggerEvent {
    /// Its id.
    pub id: String,
    /// When it came.
    #[serde(deserialize_with = "lenient")]
    pub created: String,
    /// The piece, version and trigger that it came for.
    #[serde(deserialize_with = "lenient")]
    pub source_name: String,
    /// The file that holds it.
    #[serde(deserialize_with = "lenient")]
    pub file_id: String,
    /// What came.
    pub payload: Value,
}

/// How a trigger is tried, as its piece says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestStrategy {
    /// It listens until something real comes.
    Simulation,
    /// The piece fetches examples.
    TestFunction,
}

/// What the test of a step brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepTest {
    /// The run that it was.
    pub run_id: String,
    /// Whether it went well.
    pub success: bool,
    /// What the step was given.
    pub input: Value,
    /// What it brought.
    pub output: Value,
    /// Why it failed.
    pub trouble: Option<Trouble>,
    /// What it printed.
    pub standard_output: String,
}

impl StepTest {
    /// What a finished run of one step tells of it.
    pub(crate) fn of_run(run: &Run, step: &str) -> Self {
        let found = run.steps.get(step);
        let trouble = found.and_then(|step| step.trouble.clone());
        let trouble = trouble.or_else(|| run.failed.as_ref().map(|failed| failed.trouble.clone()));
        let trouble = trouble.or_else(|| run.internal_error.as_deref().map(Trouble::read));
        Self {
            run_id: run.id.clone(),
            success: run.status == ToldStatus::Known(RunStatus::Succeeded),
            input: found.map(|step| step.input.clone()).unwrap_or_default(),
            output: found.map(|step| plain(&step.output)).unwrap_or_default(),
            trouble,
            standard_output: String::new(),
        }
    }
}

/// What an output is to later steps; a large one is fetched by whoever wants it.
fn plain(output: &Output) -> Value {
    match output {
        Output::Value(value) => value.clone(),
        Output::Loop { item, index, .. } => json!({ "item": item, "index": index, "iterations": [] }),
        Output::Deep(text) => Value::from(text.as_str()),
        Output::None | Output::Link(_) => Value::Null,
    }
}

impl Client {
    /// Begins to try a trigger. With [`TestStrategy::Simulation`] nothing comes back as yet: look at the events.
    ///
    /// # Errors
    /// [`Fault::Invalid`] about `trigger` when its app refuses.
    pub async fn test_trigger(
        &self,
        project: &str,
        flow: &str,
        version: &str,
        strategy: TestStrategy,
    ) -> Result<Vec<TriggerEvent>, Fault> {
        let strategy = match strategy {
            TestStrategy::Simulation => "SIMULATION",
            TestStrategy::TestFunction => "TEST_FUNCTION",
        };
        let body = json!({ "projectId": project, "flowId": flow, "flowVersionId": version, "testStrategy": strategy });
        let text = self.text(Ask::post(&["v1", "test-trigger"], &body).slow()).await?;
        if matches!(text.trim(), "" | "null" | "{}") {
            return Ok(Vec::new());
        }
        wire::plain_page(&text).map(|page| page.items)
    }

    /// Stops trying a trigger.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn stop_trigger_test(&self, project: &str, flow: &str) -> Result<(), Fault> {
        self.done(Ask::delete_with(&["v1", "test-trigger"], &json!({ "projectId": project, "flowId": flow }))).await
    }

    /// What came for a trigger, the latest first.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn trigger_events(&self, project: &str, flow: &str) -> Result<Page<TriggerEvent>, Fault> {
        let ask = Ask::get(&["v1", "trigger-events"]).with("projectId", project).with("flowId", flow);
        wire::plain_page(&self.text(ask).await?)
    }

    /// Makes something up for a trigger.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn mock_trigger_event(&self, project: &str, flow: &str, payload: &Value) -> Result<TriggerEvent, Fault> {
        let body = json!({ "projectId": project, "flowId": flow, "mockData": payload });
        self.json(Ask::post(&["v1", "trigger-events"], &body)).await
    }

    /// What the server keeps of the last test of a step; `None` if nothing.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn sample(
        &self,
        project: &str,
        flow: &str,
        version: &str,
        step: &str,
        side: SampleSide,
    ) -> Result<Option<Value>, Fault> {
        let side = match side {
            SampleSide::Input => "INPUT",
            SampleSide::Output => "OUTPUT",
        };
        let ask = Ask::get(&["v1", "sample-data"])
            .with("projectId", project)
            .with("flowId", flow)
            .with("flowVersionId", version)
            .with("stepName", step)
            .with("type", side);
        let text = self.text(ask).await?;
        // An empty object is how the server says that there is nothing.
        Ok(serde_json::from_str(&text).ok().filter(|value| *value != json!({}) && !Value::is_null(value)))
    }

    /// Begins to test a step by itself; the answer comes over the socket, or when the run is asked for.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when the version or the step is not there.
    pub async fn start_step_test(&self, project: &str, version: &str, step: &str) -> Result<Run, Fault> {
        let body = json!({ "projectId": project, "flowVersionId": version, "stepName": step });
        Run::read(&self.text(Ask::post(&["v1", "sample-data", "test-step"], &body).slow()).await?)
    }

    /// Tests a step by itself without a socket, and lets the server keep what came if it went well.
    ///
    /// # Errors
    /// What any request may meet. A step that fails is no error: see [`StepTest::success`].
    pub async fn test_step(&self, project: &str, flow: &str, version: &str, step: &str) -> Result<StepTest, Fault> {
        let started = self.start_step_test(project, version, step).await?;
        let test = self.finished_step_test(&started.id, step).await?;
        self.keep_step_test(flow, step, &test).await?;
        Ok(test)
    }

    /// Waits for the test of a step to end; a large output is fetched.
    pub(crate) async fn finished_step_test(&self, run: &str, step: &str) -> Result<StepTest, Fault> {
        let run = self.finished_run(run).await?;
        let mut test = StepTest::of_run(&run, step);
        if let Some(Output::Link(link)) = run.steps.get(step).map(|found| &found.output) {
            test.output = self.large_output(link, self.patience().largest).await?;
        }
        Ok(test)
    }

    /// Lets the server keep what a test brought: the output first, since a reader of both takes it for the newer. Of a
    /// test that failed nothing is kept, so that an earlier good one stays.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when the flow is not there.
    pub async fn keep_step_test(&self, flow: &str, step: &str, test: &StepTest) -> Result<(), Fault> {
        if !test.success {
            return Ok(());
        }
        for (side, payload) in [(SampleSide::Output, &test.output), (SampleSide::Input, &test.input)] {
            let op = Op::SaveSampleData { step: step.to_owned(), payload: payload.clone(), side };
            self.operate(flow, &op).await?;
        }
        Ok(())
    }

    /// Waits for a run to end by asking for it now and then, less and less often.
    ///
    /// # Errors
    /// What any request may meet; it does not end by itself if the run never does, see [`Client::until`].
    pub async fn finished_run(&self, id: &str) -> Result<Run, Fault> {
        let mut pause = self.patience().pause / 4;
        loop {
            let run = self.run(id).await?;
            if run.status.is_ended() {
                return Ok(run);
            }
            self.guarded(async {
                tokio::time::sleep(pause).await;
                Ok(())
            })
            .await?;
            pause = (pause * 2).min(self.patience().longest_pause / 2);
        }
    }
}
