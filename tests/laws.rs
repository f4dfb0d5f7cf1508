//! The laws of the source, read from the source. A broken law says what to do.
//!
//! They know text and manifests only: what the compiler and clippy can tell is left to them.

mod arrows;
mod documents;
mod files;
mod names;
mod packages;
mod read;
mod styles;
mod window;

/// Fails with every offence, one to a line, under the sentence that says what to do.
#[track_caller]
fn keep(law: &str, offences: Vec<String>) {
    assert!(offences.is_empty(), "\n{law}\n  {}\n", offences.join("\n  "));
}
