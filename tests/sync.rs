//! The laws of sync, at the level of the whole engine: whatever happens in Basecamp and on the way, what is here equals
//! what is there.

mod cut;
mod histories;
mod rules;
