//! Faces: a person's initials on a colour of their own.

use contract::PersonId;
use leptos::prelude::*;

use crate::say;
use crate::state::{Names, memo};

use super::{Each, Show};

/// A person's face. Their name is told on hover and to screen readers.
#[component]
pub fn Avatar(
    /// Whose.
    #[prop(into)]
    person: Signal<PersonId>,
) -> impl IntoView {
    let names = Names::expect();
    let name =
        memo(move || names.person(person.get()).map_or_else(|| say::parts::someone().to_owned(), |person| person.name));
    view! {
        <span class="face" role="img" title=move || name.get() aria-label=move || name.get() style:--h=move || hue(person.get()).to_string()>
            {move || initials(&name.get())}
        </span>
    }
}

/// Several faces that overlap; the rest is a number.
#[component]
pub fn Faces(
    /// Whose.
    #[prop(into)]
    people: Signal<Vec<PersonId>>,
    /// So many at most.
    #[prop(default = 3)]
    most: usize,
) -> impl IntoView {
    let shown = memo(move || people.with(|people| people.iter().take(most).copied().collect::<Vec<_>>()));
    let rest = memo(move || people.with(Vec::len).saturating_sub(most));
    view! {
        <span class="faces">
            <Each each=move || shown.get() key=|id| *id let(id)>
                <Avatar person=id/>
            </Each>
            <Show when=move || { rest.get() > 0 }>
                <span class="faces-rest num">{move || format!("+{}", rest.get())}</span>
            </Show>
        </span>
    }
}

/// The first letters of the first and the last name, in capitals; “?” for a blank name.
#[must_use]
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (first, last) = match words.as_slice() {
        [] => return "?".into(),
        [only] => (only.chars().next(), only.chars().nth(1)),
        [first, .., last] => (first.chars().next(), last.chars().next()),
    };
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// A hue that stays with the person. Ids that are near each other get hues that are not (Fibonacci hashing).
fn hue(id: PersonId) -> u64 {
    (id.0.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) % 360
}
