//! Something that is there while a condition holds. Leptos compiles its `Show` anew for every use; here all uses share one.

use leptos::children::ViewFn;
use leptos::either::Either;
use leptos::prelude::*;

/// Draws its children while `when` is true, else the fallback. Either is drawn anew only when `when` turns.
#[component(transparent)]
pub fn Show(
    /// What is there.
    children: ChildrenFn,
    /// Whether it is. Tracks.
    when: impl Fn() -> bool + Send + Sync + 'static,
    /// What is there instead; nothing unless given.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> impl IntoView {
    either(Box::new(when), children, fallback)
}

fn either(when: Box<dyn Fn() -> bool + Send + Sync>, children: ChildrenFn, fallback: ViewFn) -> AnyView {
    let when = ArcMemo::new(move |_| when());
    let view = move || if when.get() { Either::Left(children()) } else { Either::Right(fallback.run()) };
    view.into_any()
}
