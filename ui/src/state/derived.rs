//! Memos and effects whose closure is boxed. Leptos compiles their machinery, over a kilobyte of it, for every closure; here it
//! is compiled once for every type of value.

use leptos::prelude::*;

/// A value that follows what `read` tracks, and tells of itself when it is another one.
pub fn memo<T: PartialEq + Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(read))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| read())
}

/// Does something now, and again when what it tracks has changed.
pub fn effect(act: impl FnMut() + 'static) {
    boxed_effect(Box::new(act));
}

fn boxed_effect(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}
