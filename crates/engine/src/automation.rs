//! Automations of an open workspace: the pieces that there are, the runs that are under way, and what starts them.
//!
//! What a run is and does is the `runner` crate's; here it meets the store, the commands, the vault and the windows.

pub(crate) mod connections;
mod core;
mod events;
mod guard;
mod journal;
mod lineage;
mod marks;
mod ports;
mod rehearsal;
mod sample;
pub(crate) mod server;
mod shown;
mod standing;
mod starts;
mod time;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use contract::{
    Fault, FeedBody, FlowId, FlowNeed, FlowPlace, RunSummary, RunView, Source, Tag, Workspace, WorkspaceId,
};
use flow::Flow;
use flow::expr::Finding;
use flow::validate::{Known, validate};
use runner::pieces::Ports;
use runner::trigger::Starter;
use runner::{Catalog, Event, Queue, QueueLimits, Rules, Run, RunId, Runner, Task, sandbox};
use serde_json::Value;
use store::{Store, StoredFlow, StoredRun};
use tokio::sync::{Notify, mpsc, watch};

use crate::Engine;
use crate::fault::IntoFault;
use crate::feed::Feed;
use crate::lifetime::Lifetime;
use crate::options::Clock;

use self::core::{Core, Programs, StoredEnds, Worker};
use events::Follower;
use guard::Grants;
use journal::StoredJournal;
use sample::SampleSlack;

pub(crate) use self::core::{Beginning, Order, RunKind};
pub(crate) use lineage::DEEPEST;
pub(crate) use sample::SLACK as SAMPLE_SLACK;
pub(crate) use shown::error as shown_failure;

/// Windows hear of a run under way no more often than this.
const PULSE: Duration = Duration::from_millis(120);

/// The automations of an open workspace.
pub(crate) struct Automations {
    core: Arc<Core>,
    queue: Queue,
    /// Counts what was published and switched.
    changed: watch::Sender<u64>,
    slack: Option<SampleSlack>,
}

impl Automations {
    /// Takes up the runs that were under way, and begins to follow what starts further ones.
    pub(crate) async fn open(
        engine: &Engine,
        store: &Store,
        workspace: &Workspace,
        life: &Lifetime,
    ) -> Result<Self, Fault> {
        let slack = match workspace.source {
            Source::Sample => Some(SampleSlack::start(engine.0.options.clock.clone()).await?),
            Source::Basecamp => None,
        };
        let workspace = workspace.id;
        let clock: Arc<dyn runner::Clock> = Arc::new(Ticking(engine.0.options.clock.clone()));
        let (grants, scripts) = (Arc::<Grants>::default(), Arc::<rehearsal::Scripts>::default());
        let pulse = Arc::new(Pulse::default());
        let journal: Arc<dyn runner::Journal> = Arc::new(StoredJournal::new(store.clone()));
        let programs = Arc::<Programs>::default();
        let ends = StoredEnds { store: store.clone(), journal: journal.clone(), programs: programs.clone() };
        // Once for both runners: each piece that calls over HTTP has its own pool of connections.
        let pieces = {
            let ports = ports::ports(engine, workspace);
            let ports = Ports { slack: slack.as_ref().map(SampleSlack::api), ..ports };
            runner::pieces::all(ports).map_err(|why| Fault::new(contract::Code::Internal, why))?
        };
        let vault = connections::secrets(engine, workspace);
        let secrets = match &slack {
            Some(slack) => Arc::new(sample::SampleSecrets { vault, slack: slack.connection() }),
            None => vault,
        };
        let runner = Runner {
            pieces: Arc::new(guard::guarded(pieces.clone(), &grants)),
            secrets,
            journal,
            clock: clock.clone(),
            ends: Arc::new(ends),
            watch: Some(pulse.clone()),
            rules: Rules::default(),
            code: sandbox::Limits { time: engine.0.options.code_time, ..sandbox::Limits::default() },
            sizes: runner::Sizes::default(),
            recent: runner::Recent::default(),
        };
        let rehearsal = Runner { pieces: Arc::new(rehearsal::played(pieces, &scripts)), ..runner.clone() };
        let (wake, mut woken) = mpsc::unbounded_channel();
        let core = Arc::new(Core {
            store: store.clone(),
            runner,
            rehearsal,
            grants,
            scripts,
            wake,
            programs,
            tells: Notify::new(),
            held: engine.0.options.held,
        });
        if let Some(slack) = &slack {
            sample::seed(&core).await?;
            life.spawn(sample::introduce(slack.stand_in(), store.clone(), store.listen(), life.token()));
        }
        let queue = Queue::new(Arc::new(Worker(core.clone())), clock, QueueLimits::default(), life.token());
        let under_way = store.runs_under_way().await.into_fault()?;
        for run in under_way.into_iter().filter(|run| run.place == FlowPlace::Here && !core.held) {
            let stored = store.run(run.id).await.into_fault()?;
            core.wakes(run.flow, RunId(stored.key));
        }
        let (pushed, until) = (queue.clone(), life.token());
        life.spawn(async move {
            while let Some(Some((flow, run))) = until.run_until_cancelled(woken.recv()).await {
                pushed.push(&flow.to_string(), run);
            }
        });
        life.spawn(clear_away(engine.0.app.clone(), core.clone(), life.token()));
        life.spawn(tell(pulse, engine.0.feed.clone(), workspace, life.token()));
        let (changed, hears) = watch::channel(0);
        life.spawn(calls_wanted(Arc::downgrade(&engine.0), store.clone(), hears.clone(), life.token()));
        life.spawn(time::keep_time(core.clone(), hears.clone(), life.token()));
        let follower = Follower { core: core.clone(), changed: hears, app: engine.0.app.clone() };
        life.spawn(follower.follow(store.listen(), life.token()));
        Ok(Self { core, queue, changed, slack })
    }

    /// The pieces that run in the app.
    pub(crate) fn catalog(&self) -> &Catalog {
        &self.core.runner.pieces
    }

    /// What does the steps of runs.
    pub(crate) fn runner(&self) -> &Runner {
        &self.core.runner
    }

    /// What keeps a flow from running, or may.
    pub(crate) async fn findings(&self, flow: &Flow) -> Result<Vec<Finding>, Fault> {
        let connections = self.core.store.connections().await.into_fault()?;
        let connections: BTreeSet<String> = connections.into_iter().map(|connection| connection.key).collect();
        let known = Known { piece: &|name, _| self.catalog().metadata(name), connections: Some(&connections) };
        Ok(validate(flow, &known))
    }

    /// What a flow does outside; `granted` is what it was published with.
    pub(crate) async fn needs(&self, flow: &Flow, granted: &BTreeSet<String>) -> Result<Vec<FlowNeed>, Fault> {
        let connections = self.core.store.connections().await.into_fault()?;
        Ok(guard::needs(flow, self.catalog(), &connections, granted))
    }

    /// What starts flows looks at them anew: one was published, switched, moved or deleted.
    pub(crate) fn starters_changed(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    /// None of them begins by itself.
    pub(crate) async fn is_paused(&self) -> bool {
        self.core.is_paused().await
    }

    /// Lets none of them begin by itself, or lets them go on with what happened meanwhile.
    pub(crate) async fn pause(&self, paused: bool) -> Result<(), Fault> {
        self.core.store.set_mark(core::PAUSED, paused.then_some("yes")).await.into_fault()?;
        self.starters_changed();
        Ok(())
    }

    /// A flow was published or switched on: it follows what happens from this moment on.
    pub(crate) async fn follows(&self, zone: &jiff::tz::TimeZone, stored: &StoredFlow) -> Result<(), Fault> {
        if let Some(version) = stored.published.clone()
            && let Some((_, Starter::Basecamp(filter))) = starts::Published::read(stored.flow.id, version)
        {
            events::begin_at(&self.core, zone, stored.flow.id, &filter).await.into_fault()?;
        }
        self.starters_changed();
        Ok(())
    }

    /// A flow of a server is switched on there, and this is what the app tells the server of from this moment on.
    pub(crate) async fn tells_from_now(
        &self,
        zone: &jiff::tz::TimeZone,
        id: FlowId,
        trigger: &flow::Trigger,
    ) -> Result<(), Fault> {
        match Starter::read(trigger) {
            Ok(Starter::Basecamp(filter)) => events::begin_at(&self.core, zone, id, &filter).await.into_fault(),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Waits until there is something to tell the server of.
    pub(crate) async fn tells(&self) {
        self.core.tells.notified().await;
    }

    /// Begins a run, which waits its turn. When its key has begun one already, it is that one.
    pub(crate) async fn begin(&self, order: Order<'_>) -> Result<RunSummary, Fault> {
        self.core.begin(order).await.into_fault()
    }

    /// Begins a run of what is published; `None` when nothing is.
    pub(crate) async fn begin_published(
        &self,
        stored: StoredFlow,
        key: String,
        cause: String,
        beginning: Beginning,
    ) -> Result<Option<RunSummary>, Fault> {
        let Some(version) = stored.published else { return Ok(None) };
        let flow = starts::Published { id: stored.flow.id, version };
        starts::begin_published(&self.core, &flow, key, cause, beginning).await.into_fault().map(Some)
    }

    /// A run with its steps.
    pub(crate) async fn show(&self, stored: StoredRun) -> Result<RunView, Fault> {
        let program = self.core.programs.read(&stored.document).map_err(internal)?;
        let id = RunId(stored.key.clone());
        let events = self.core.runner.journal.read(&id).await.map_err(|why| internal(why.to_string()))?;
        let steps = match Run::replay(id, program.clone(), &events) {
            Ok(run) => shown::steps(&run, &program, &events),
            // It has not begun, or cannot be read any more: what the list says of it is all there is.
            Err(_) => Vec::new(),
        };
        Ok(RunView { run: stored.run, document: stored.document, steps })
    }

    /// A run as it stands in its journal.
    pub(crate) async fn open_run(&self, stored: &StoredRun) -> Result<Run, Fault> {
        self.core.open(stored).await.map_err(internal)
    }

    /// Notes how a run stands after it was told something, and has it go on.
    pub(crate) async fn carry_on(&self, stored: &StoredRun, run: &Run) {
        self.core.note(stored, run, None).await;
        self.core.wakes(stored.run.flow, RunId(stored.key.clone()));
    }

    /// Ends a run, wherever it is.
    pub(crate) async fn cancel(&self, stored: &StoredRun) {
        self.queue.cancel(&RunId(stored.key.clone())).await;
    }

    /// Lets one trial of a step do what it does, and nothing afterwards.
    pub(crate) async fn try_step(
        &self,
        flow: FlowId,
        id: RunId,
        document: &str,
        step: &str,
        granted: BTreeSet<String>,
    ) -> Result<runner::Tried, Fault> {
        let program = self.core.programs.read(document).map_err(internal)?;
        self.core.grants.give(&id, granted);
        let samples = self.core.chosen_samples(flow).await;
        let tried = self.core.runner.test_step(&id, &program, step, &samples).await;
        self.core.grants.end(&id);
        Ok(tried)
    }

    /// The Slack workspace of the sample company, in the sample workspace.
    pub(crate) fn sample_slack(&self) -> Option<Arc<sim::slack::Slack>> {
        self.slack.as_ref().map(SampleSlack::stand_in)
    }

    /// What the steps of a flow are taken to have brought.
    pub(crate) async fn sample(&self, flow: FlowId, step: &str) -> Option<Value> {
        self.core.chosen_samples(flow).await.remove(step)
    }

    /// How many runs led to one, itself counted, as far as is looked back.
    pub(crate) async fn depth(&self, run: &RunId) -> usize {
        lineage::depth(&self.core, run).await
    }

    /// Waits until no run is worked on and none waits for room; those that wait for something else do not count.
    pub(crate) async fn settled(&self) {
        self.queue.idle().await;
    }

    /// Waits until nobody works on a run.
    pub(crate) async fn close(&self) {
        self.queue.close().await;
    }
}

fn internal(why: impl Into<String>) -> Fault {
    Fault::new(contract::Code::Internal, why)
}

/// The engine's clock, for the runner.
struct Ticking(Clock);

/// The longest nap: a clock that was set, or a machine that slept, is noticed after it.
const NAP: Duration = Duration::from_secs(20);

#[async_trait::async_trait]
impl runner::Clock for Ticking {
    fn now(&self) -> jiff::Timestamp {
        (self.0)()
    }

    async fn until(&self, instant: jiff::Timestamp) {
        while let Ok(left) = Duration::try_from(instant.duration_since(self.now()))
            && !left.is_zero()
        {
            tokio::time::sleep(left.min(NAP)).await;
        }
    }
}

/// Has the app listen for calls once a flow that is on waits for them.
async fn calls_wanted(
    engine: std::sync::Weak<crate::Inner>,
    store: Store,
    mut changed: watch::Receiver<u64>,
    until: tokio_util::sync::CancellationToken,
) {
    loop {
        let flows = store.flows_that_run(FlowPlace::Here).await.unwrap_or_default();
        let called = flows.into_iter().filter_map(|(id, _, version)| starts::Published::read(id, version)).any(
            |(_, starter)| match starter {
                Starter::Webhook(_) | Starter::Form(_) => true,
                Starter::Schedule(_) | Starter::Manual | Starter::Basecamp(_) | Starter::Callable => false,
            },
        );
        if called {
            if let Some(engine) = engine.upgrade() {
                engine.hooks.want();
            }
            return;
        }
        match until.run_until_cancelled(changed.changed()).await {
            Some(Ok(())) => {}
            Some(Err(_)) | None => return,
        }
    }
}

/// How often old runs are looked for.
const CLEARING: Duration = Duration::from_secs(6 * 3600);

/// Clears away the runs that are older than the settings say, and what the agents of their steps left.
async fn clear_away(app: store::AppStore, core: Arc<Core>, until: tokio_util::sync::CancellationToken) {
    loop {
        let days = app.settings().await.map_or(0, |settings| settings.run_days);
        let age = jiff::SignedDuration::from_hours(24 * i64::from(days));
        let before = core.runner.clock.now().checked_sub(age).ok().filter(|_| days > 0);
        if let Some(before) = before
            && let Err(why) = core.store.clear_runs(before).await
        {
            tracing::warn!(%why, "old runs could not be cleared away");
        }
        // Where runs are kept for ever, so is what was done for them; what a deleted conversation left is of no use.
        let rested = before.unwrap_or(jiff::Timestamp::MIN);
        if let Err(why) = core.store.clear_marks(ports::AGENT_WORK, crate::assistant::OUTSIDE, rested).await {
            tracing::warn!(%why, "what agents of old runs left could not be cleared away");
        }
        if until.run_until_cancelled(tokio::time::sleep(CLEARING)).await.is_none() {
            return;
        }
    }
}

/// Hears that something happened in a run.
#[derive(Default)]
struct Pulse(Notify);

impl runner::Watch for Pulse {
    fn happened(&self, _: &Run, _: &Event) {
        self.0.notify_one();
    }

    fn begins(&self, _: &Run, _: &Task) {
        self.0.notify_one();
    }
}

/// Tells windows that runs go on.
async fn tell(pulse: Arc<Pulse>, feed: Feed, workspace: WorkspaceId, until: tokio_util::sync::CancellationToken) {
    while until.run_until_cancelled(pulse.0.notified()).await.is_some() {
        feed.publish(Some(workspace), FeedBody::Changed { tags: vec![Tag::Runs], items: Vec::new(), set: None });
        if until.run_until_cancelled(tokio::time::sleep(PULSE)).await.is_none() {
            return;
        }
    }
}
