//! The sample world: a Basecamp stand-in over a seeded company.
//!
//! [`company`] makes a believable agency from a seed; [`world`] holds the server's rules as pure functions;
//! the server answers the official client over loopback HTTP as the documentation says Basecamp does, with
//! paging, limits, caching, sign-in and, on demand, faults. It knows nothing of the app that talks to it.
//!
//! Beside it stand an [`activepieces`] server, a [`slack`] workspace and a mail server ([`smtp`]), for automations.
//!
//! Start with [`Sim::start`]; point a client at [`Sim::base_url`], [`Sim::account_id`] and [`Sim::token`];
//! edit behind its back with [`Sim::edit`]; compare what it mirrored with [`Sim::truth`].

pub mod activepieces;
mod clock;
pub mod company;
mod counters;
mod dice;
mod faults;
mod journal;
mod limiter;
mod server;
mod sim;
pub mod slack;
pub mod smtp;
mod spoil;
pub mod world;

#[cfg(test)]
mod tests;

pub use clock::{Clock, machine_clock};
pub use company::Size;
pub use counters::Counters;
pub use dice::Dice;
pub use faults::{Fault, Faults, Gate};
pub use journal::JournalError;
pub use limiter::Limit;
pub use sim::{Integration, Options, Sim, StartError};
pub use world::{Editor, Truth, random_edit};
