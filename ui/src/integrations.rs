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
use crate::say;
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
                    <h1 id="integrations-title">{say::integrations::title()}</h1>
                    <span class="hint" role="status">{move || told.get()}</span>
                </header>
                <p class="integrations-lead">
                    {say::integrations::lead()}
                </p>
                <Loaded query=list>
                    <table class="integrations-table">
                        <thead>
                            <tr>
                                <th scope="col">{say::integrations::connection()}</th>
                                <th scope="col">{say::integrations::status()}</th>
                                <th scope="col">{say::integrations::last_use()}</th>
                                <th scope="col"><span class="aside-label">{say::integrations::what_can_be_done()}</span></th>
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
