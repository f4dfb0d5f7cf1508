//! JavaScript in a room of its own: QuickJS on a worker thread, with no network, no files, no clock to wait on, and
//! limits on memory and time.
//!
//! Code steps run here, and expressions that are more than a way to a value.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rquickjs::{CatchResultExt, CaughtError, Context, Ctx, Function, Module, Promise, Runtime};
use serde_json::Value;

use crate::{Failure, Map};

/// What code may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes that all its values may take together.
    pub memory: usize,
    /// Bytes of stack: how deep its calls may nest.
    pub stack: usize,
    /// How long it may run.
    pub time: Duration,
    /// How many bytes of console output are kept.
    pub console: usize,
}

impl Default for Limits {
    /// Our own choice: enough for thousands of records, little enough that a mistake is noticed soon.
    fn default() -> Self {
        Self { memory: 64 << 20, stack: 512 << 10, time: Duration::from_secs(30), console: 64 << 10 }
    }
}

/// How long an expression in a field may take.
const EXPRESSION_TIME: Duration = Duration::from_secs(1);

/// What came of code.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// What `code` returned, null for nothing; or what it threw, or which limit it met.
    pub result: Result<Value, Failure>,
    /// What it wrote to the console, a line each, also before it failed.
    pub console: Vec<String>,
}

/// Sets a flag when it goes: the thread stops when nobody waits for it.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs a module that exports `code`: `export const code = async (inputs) => …`. Dropping the future stops the code.
pub async fn run(source: String, inputs: Value, limits: Limits) -> Ran {
    let is_stopped = Arc::new(AtomicBool::new(false));
    let _guard = StopOnDrop(is_stopped.clone());
    let work = move || {
        let console = Rc::new(RefCell::new(Console { lines: Vec::new(), left: limits.console }));
        let result = within(limits, is_stopped, |ctx| {
            listen(ctx, &console)?;
            call(ctx, &source, &inputs)
        });
        let console = std::mem::take(&mut console.borrow_mut().lines);
        Ran { result: result.map(Option::unwrap_or_default), console }
    };
    let lost = |_| Ran { result: Err(Failure::new("The code was stopped. Run the step again.")), console: Vec::new() };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(lost)
}

/// Evaluates an expression with these words known. `None` for `undefined`.
///
/// # Errors
/// What it threw, or which limit it met.
pub async fn evaluate(expression: String, words: Map, limits: Limits) -> Result<Option<Value>, Failure> {
    let is_stopped = Arc::new(AtomicBool::new(false));
    let _guard = StopOnDrop(is_stopped.clone());
    let limits = Limits { time: EXPRESSION_TIME.min(limits.time), ..limits };
    let work = move || {
        within(limits, is_stopped, |ctx| {
            for (word, value) in &words {
                let value = ctx.json_parse(value.to_string()).catch(ctx).map_err(thrown)?;
                ctx.globals().set(word.as_str(), value).catch(ctx).map_err(thrown)?;
            }
            ctx.eval::<(), _>(FLATTEN).catch(ctx).map_err(thrown)?;
            let value = ctx.eval::<rquickjs::Value<'_>, _>(expression.as_str()).catch(ctx).map_err(thrown)?;
            to_json(ctx, value)
        })
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Failure::new("The expression was stopped. Run the step again."))?
}

/// The one function that expressions have beside those of JavaScript: all that is under a way of names, lists opened.
const FLATTEN: &str = "globalThis.flattenNestedKeys = (data, way) => {
    if (Array.isArray(data)) return data.flatMap((item) => flattenNestedKeys(item, way));
    if (data !== null && typeof data === 'object') {
        return way.length > 0 && Object.hasOwn(data, way[0]) ? flattenNestedKeys(data[way[0]], way.slice(1)) : [];
    }
    return way.length === 0 ? [data] : [];
};";

/// `console` as far as code uses it. An error is shown by its message, everything else by its JSON.
const CONSOLE: &str = "((write) => {
    const show = (value) => {
        if (typeof value === 'string') return value;
        if (value instanceof Error) return String(value);
        try { return JSON.stringify(value) ?? String(value); } catch { return String(value); }
    };
    const line = (...values) => write(values.map(show).join(' '));
    globalThis.console = { log: line, info: line, warn: line, error: line, debug: line };
})";

struct Console {
    lines: Vec<String>,
    left: usize,
}

impl Console {
    fn write(&mut self, line: String) {
        if self.left == 0 {
            return;
        }
        match self.left.checked_sub(line.len() + 1) {
            Some(left) => {
                self.left = left;
                self.lines.push(line);
            }
            None => {
                self.left = 0;
                self.lines.push("… more was written than is kept.".to_owned());
            }
        }
    }
}

fn listen(ctx: &Ctx<'_>, console: &Rc<RefCell<Console>>) -> Result<(), Failure> {
    let console = console.clone();
    let write = Function::new(ctx.clone(), move |line: String| console.borrow_mut().write(line));
    let set = ctx.eval::<Function<'_>, _>(CONSOLE);
    let set = set.and_then(|set| set.call::<_, ()>((write?,)));
    set.catch(ctx).map_err(thrown)
}

fn call(ctx: &Ctx<'_>, source: &str, inputs: &Value) -> Result<Option<Value>, Failure> {
    let module = Module::declare(ctx.clone(), "code", source).catch(ctx).map_err(thrown)?;
    let (module, promise) = module.eval().catch(ctx).map_err(thrown)?;
    promise.finish::<()>().catch(ctx).map_err(thrown)?;
    let code = module.get::<_, Function<'_>>("code").map_err(|_| {
        Failure::new("The code exports no function `code`. Write `export const code = async (inputs) => { … }`.")
    })?;
    let inputs = ctx.json_parse(inputs.to_string()).catch(ctx).map_err(thrown)?;
    let returned = code.call::<_, rquickjs::Value<'_>>((inputs,)).catch(ctx).map_err(thrown)?;
    let returned = match returned.clone().into_promise() {
        Some(promise) => settle(ctx, &promise)?,
        None => returned,
    };
    to_json(ctx, returned)
}

fn settle<'js>(ctx: &Ctx<'js>, promise: &Promise<'js>) -> Result<rquickjs::Value<'js>, Failure> {
    promise.finish().catch(ctx).map_err(thrown)
}

fn to_json<'js>(ctx: &Ctx<'js>, value: rquickjs::Value<'js>) -> Result<Option<Value>, Failure> {
    let text = ctx.json_stringify(value).catch(ctx).map_err(thrown)?;
    let Some(text) = text else { return Ok(None) };
    let text = text.to_string().catch(ctx).map_err(thrown)?;
    let too_deep = |_| Failure::new("What the code returned nests too deep to be kept. Return less of it.");
    serde_json::from_str(&text).map(Some).map_err(too_deep)
}

/// A room with its limits; what breaks a limit is told as such.
fn within<T>(
    limits: Limits,
    is_stopped: Arc<AtomicBool>,
    work: impl FnOnce(&Ctx<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let no_room = |_| out_of_memory(limits);
    let runtime = Runtime::new().map_err(no_room)?;
    runtime.set_memory_limit(limits.memory);
    runtime.set_max_stack_size(limits.stack);
    let deadline = Instant::now() + limits.time;
    let is_over = move || is_stopped.load(Ordering::Relaxed) || Instant::now() >= deadline;
    runtime.set_interrupt_handler(Some(Box::new(is_over.clone())));
    let context = Context::full(&runtime).map_err(no_room)?;
    let result = context.with(|ctx| work(&ctx));
    result.map_err(|failure| match failure.message.contains(OUT_OF_MEMORY) {
        true => out_of_memory(limits),
        false if is_over() => {
            let seconds = limits.time.as_secs_f64();
            let what = format!("The code ran for {seconds} s and was stopped. Look for a loop that never ends.");
            Failure::new(what).named("TimeoutError")
        }
        false => failure,
    })
}

fn out_of_memory(limits: Limits) -> Failure {
    let size = limits.memory >> 20;
    let what = format!("The code used all of its {size} MB of memory and was stopped. Work on less data at a time.");
    Failure::new(what).named("MemoryLimitError")
}

/// How the engine words it.
const OUT_OF_MEMORY: &str = "out of memory";

/// What was thrown, as `TypeError: items.reduce is not a function`.
fn thrown(error: CaughtError<'_>) -> Failure {
    let text = match error {
        CaughtError::Exception(exception) => {
            let name: Option<String> = exception.as_object().get("name").ok();
            let message = exception.message().unwrap_or_default();
            format!("{}: {message}", name.unwrap_or_else(|| "Error".to_owned()))
        }
        // With no room left even for an error, the engine throws null.
        CaughtError::Value(value) if value.is_null() => OUT_OF_MEMORY.to_owned(),
        CaughtError::Value(value) => {
            let text = value.ctx().json_stringify(value.clone()).ok().flatten();
            let text = text.and_then(|text| text.to_string().ok());
            text.unwrap_or_else(|| "The code threw nothing.".to_owned())
        }
        CaughtError::Error(rquickjs::Error::WouldBlock) => {
            "The code waits for something that never comes. There are no timers and no network in a code step."
                .to_owned()
        }
        CaughtError::Error(error) => error.to_string(),
    };
    Failure::new(text)
}
