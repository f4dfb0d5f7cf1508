//! What led to a run: the one that called it, or the one whose work in Basecamp started it. Automations that start each other
//! in a circle would never come to rest by themselves.

use contract::FlowId;
use runner::RunId;
use store::{StoreError, StoredRun};

use super::core::{Beginning, Core};

/// Runs that lead to each other go no deeper than this. Nobody means to go so deep.
pub(crate) const DEEPEST: usize = 16;

/// How the key of a run begins that an event starts.
pub(super) fn event_key(flow: FlowId, happening: &str) -> String {
    format!("event:{flow}:{happening}")
}

/// The number in the log of the change that is this happening; `None` for a day that came.
fn change_of(happening: &str) -> Option<i64> {
    let (_, number) = happening.split_once('-')?;
    number.parse().ok()
}

/// Whether a run of the flow itself led to this happening, or more runs than may.
pub(super) async fn goes_round(core: &Core, flow: FlowId, happening: &str) -> Result<bool, StoreError> {
    let mut before = match change_of(happening) {
        Some(number) => core.store.run_behind(number).await?,
        None => None,
    };
    for _ in 0..DEEPEST {
        let Some(run) = before else { return Ok(false) };
        if run.run.flow == flow {
            return Ok(true);
        }
        before = led_to(core, &run).await?;
    }
    Ok(true)
}

/// How many runs led to one, itself counted, up to [`DEEPEST`].
pub(super) async fn depth(core: &Core, run: &RunId) -> usize {
    let mut deep = 0;
    let mut at = core.store.run_of_key(&run.0).await.ok().flatten();
    while let Some(run) = at.filter(|_| deep < DEEPEST) {
        deep += 1;
        at = led_to(core, &run).await.ok().flatten();
    }
    deep
}

/// The run that led to this one.
async fn led_to(core: &Core, run: &StoredRun) -> Result<Option<StoredRun>, StoreError> {
    let caller = match &run.start {
        Some(start) => serde_json::from_str::<Beginning>(start).ok().and_then(|beginning| beginning.parent),
        // One that cannot be read any more leads nowhere either.
        None => core.open(run).await.ok().and_then(|opened| opened.parent().map(|parent| parent.0.clone())),
    };
    if let Some(caller) = caller {
        return core.store.run_of_key(&caller).await;
    }
    let happening = run.key.strip_prefix(&event_key(run.run.flow, ""));
    match happening.and_then(change_of) {
        Some(number) => core.store.run_behind(number).await,
        None => Ok(None),
    }
}
