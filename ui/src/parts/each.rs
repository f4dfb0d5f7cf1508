//! A list whose rows stay as long as their keys do. Leptos compiles `For` anew for every type of item, key and view, several
//! kilobytes each time; here all lists share one.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};
use std::sync::Arc;

use leptos::prelude::*;

/// A row before it is drawn.
struct Row {
    /// Stands for the key. Among a thousand rows, two keys share a number once in 10^13 lists.
    key: u64,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// A row for each item. A row whose key is there again stays as it is, wherever it stands.
#[component(transparent)]
pub fn Each<I, T, K, N>(
    /// The items. Tracks.
    each: impl Fn() -> I + Send + 'static,
    /// What tells one item from another, and from what it was before.
    key: impl Fn(&T) -> K + Send + 'static,
    /// Draws an item.
    children: impl Fn(T) -> N + Send + Sync + 'static,
) -> impl IntoView
where
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    K: Hash,
    N: IntoView + 'static,
{
    let draw = Arc::new(move |item| children(item).into_any());
    rows(Box::new(move || {
        let row = |item: T| {
            let (key, draw) = (number(&key(&item)), Arc::clone(&draw));
            Row { key, draw: Box::new(move || draw(item)) }
        };
        each().into_iter().map(row).collect()
    }))
}

fn rows(rows: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <For each=rows key=|row| row.key let(row)>{(row.draw)()}</For> }.into_any()
}

fn number(key: &impl Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}
