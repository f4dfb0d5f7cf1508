//! Text with form, as the engine has sanitised it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::bridge;
use crate::say;

/// Sanitised HTML. Links open in the person's browser; where they lead is shown on hover.
#[component]
pub fn RichText(
    /// The HTML, from a field that promises to be sanitised.
    #[prop(into)]
    html: Signal<String>,
) -> impl IntoView {
    let open = move |event: leptos::ev::MouseEvent| {
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|target| target.closest("a").ok().flatten());
        let Some(link) = link else { return };
        event.prevent_default();
        if let Some(address) = link.get_attribute("href").filter(|address| leads_outside(address)) {
            bridge::open_outside(&address);
        }
    };
    let tell = move |event: leptos::ev::MouseEvent| {
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|target| target.closest("a").ok().flatten());
        if let Some(link) = link
            && let Some(host) = link.get_attribute("href").as_deref().and_then(host_of)
        {
            let _ = link.set_attribute("title", &say::parts::opens(host));
        }
    };
    view! { <div class="rich" on:click=open on:mouseover=tell inner_html=move || html.get()></div> }
}

fn leads_outside(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// The host of a web address.
pub(super) fn host_of(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}
