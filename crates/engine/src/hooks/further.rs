//! The address of a run that waits for a further call. It is told in the answer to the call before, in a header, as a server
//! does; each wait has another one, so that a call that comes twice goes on once.

use contract::{Code, Fault, RunId};
use runner::trigger::Request;
use runner::{Response, Run};
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::{HookReply, SECRET, Site, nobody, plain};
use crate::fault::IntoFault;
use crate::gate::fingerprint;

/// Who called is told in it where the run goes on.
const ADDRESS: &str = "x-activepieces-resume-webhook-url";

/// A wait that a call names.
pub(super) struct Further<'a> {
    pub(super) run: &'a str,
    pub(super) number: &'a str,
    pub(super) secret: &'a str,
}

impl Further<'_> {
    /// Has the run go on with what this call brings.
    pub(super) async fn goes_on(&self, site: &Site, request: &Request, waits: bool) -> Result<HookReply, Fault> {
        let (id, number): (RunId, u64) = self.run.parse().ok().zip(self.number.parse().ok()).ok_or_else(nobody)?;
        let wanted = secret(site, id, number).await?.ok_or_else(nobody)?;
        if !bool::from(wanted.as_bytes().ct_eq(self.secret.as_bytes())) {
            return Err(nobody());
        }
        let desk = &site.desk;
        let stored = desk.store.run(id).await.map_err(|_| nobody())?;
        let mut run = desk.automations.open_run(&stored).await.map_err(|_| nobody())?;
        if request.method == "HEAD" {
            return Ok(plain(200, &json!({})));
        }
        let runner = desk.automations.runner();
        let is_it = run.events() == number && run.waits_for_call();
        let told = match is_it {
            true => runner.resume(&mut run, Ok(request.payload())).await,
            false => Ok(false),
        };
        let told = match told {
            Ok(told) => told,
            // The journal takes one event in each place: a call at the same moment may have been quicker.
            Err(_) if desk.automations.open_run(&stored).await.is_ok_and(|now| now.events() != number) => false,
            Err(why) => return Err(Fault::new(Code::Storage, why.to_string())),
        };
        if !told {
            // The same call came again, or the run was ended meanwhile: who called need not do anything.
            let message = "The run no longer waits for this call. Look at it in PM OS.";
            return Ok(plain(410, &json!({ "message": message })));
        }
        desk.automations.carry_on(&stored, &run).await;
        match waits {
            true => site.answer(id).await,
            false => Ok(plain(200, &json!({}))),
        }
    }
}

/// What a run answers, with its address if it now waits for a further call.
pub(super) async fn with_address(site: &Site, id: RunId, run: &Run, mut response: Response) -> Result<Response, Fault> {
    let number = run.events();
    if run.waits_for_call()
        && let Some(at) = site.at
        && let Some(secret) = secret(site, id, number).await?
    {
        let address = format!("http://{at}/hooks/{}/waits/{id}/{number}/{secret}", site.desk.workspace);
        response.headers.insert(ADDRESS.to_owned(), Value::from(address));
    }
    Ok(response)
}

/// The secret part of the address of one wait; it tells nothing of the secret of the workspace.
async fn secret(site: &Site, run: RunId, number: u64) -> Result<Option<String>, Fault> {
    let known = site.desk.store.mark(SECRET).await.into_fault()?;
    Ok(known.map(|known| fingerprint("wait", &format!("{known}/{run}/{number}"))))
}
