//! Every connection with something outside in one table: how it stands, what it may do, and the one thing that helps.

mod act;
mod check;
mod line;
mod words;

pub(crate) use check::Check;

use contract::commands::ListIntegrations;
use leptos::prelude::*;

use self::line::Line;
use crate::parts::{Each, Loaded};
use crate::state::{memo, use_query};

/// The screen.
#[component]
pub fn IntegrationsPage() -> impl IntoView {
    let list = use_query(|| Some(ListIntegrations {}));
    let told = memo(move || list.value.with(|all| all.as_deref().map(words::summary).unwrap_or_default()));
    view! {
        <section class="screen" aria-labelledby="integrations-title">
            <div class="page integrations">
                <header class="screen-head">
                    <h1 id="integrations-title">"Integrations"</h1>
                    <span class="hint" role="status">{move || told.get()}</span>
                </header>
                <p class="integrations-lead">
                    "What you connected yourself is used first, then what the workspace has; where there is neither, the step that needs it says how to set it up. Secrets stay in the place of secrets and are never shown."
                </p>
                <Loaded query=list>
                    <table class="integrations-table">
                        <thead>
                            <tr>
                                <th scope="col">"Connection"</th>
                                <th scope="col">"Status"</th>
                                <th scope="col">"Last use"</th>
                                <th scope="col"><span class="aside-label">"What can be done"</span></th>
                            </tr>
                        </thead>
                        <Each each=move || list.value.get().unwrap_or_default() key=words::identity let(one)>
                            <Line one/>
                        </Each>
                    </table>
                </Loaded>
            </div>
        </section>
    }
}
