#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod law;
mod story;

use flow::piece::PieceMetadata;
use flow::{Chain, Flow, Kind, Op, Place, Slot, Step, apply};

/// A trigger, then: Fetch; a router with Late (Tell, Comment) and an empty fallback; a loop over Each; Last, which goes on
/// after failure.
pub(super) fn sample() -> Flow {
    let mut flow = Flow::new("Late work");
    let mut router = Step::router("step_2", "How late?", &["Late"]);
    if let Some(chain) = router.chain_mut(Slot::Branch(0)) {
        *chain =
            [Step::code("step_3", "Tell", "export const code"), Step::code("step_4", "Comment", "export const code")]
                .into_iter()
                .collect::<Chain>();
    }
    let mut each = Step::loop_on("step_5", "For each", "{{step_1['output']}}");
    if let Some(chain) = each.chain_mut(Slot::Body) {
        *chain = Step::code("step_6", "Each", "export const code").into();
    }
    let mut last = Step::code("step_7", "Last", "export const code");
    if let Kind::Code(code) = &mut last.kind {
        code.errors.continue_on_failure = Some(true);
    }
    let steps: Chain = [Step::code("step_1", "Fetch", "export const code"), router, each, last].into_iter().collect();
    apply(&mut flow, Op::AddAction { place: Place::after("trigger"), steps }).unwrap();
    flow
}

/// A chain of so many steps.
pub(super) fn long(count: usize) -> Flow {
    let mut flow = Flow::new("Long");
    let steps: Chain =
        (1..=count).map(|n| Step::code(format!("step_{n}"), format!("Step {n}"), "export const code")).collect();
    apply(&mut flow, Op::AddAction { place: Place::after("trigger"), steps }).unwrap();
    flow
}

/// Two pieces as a server describes them.
pub(super) fn pieces() -> Vec<super::PieceOffer> {
    let read = |text: &str| serde_json::from_str::<PieceMetadata>(text).unwrap();
    let slack = read(
        r#"{"name":"@activepieces/piece-slack","displayName":"Slack","version":"0.9.1","description":"Chat for teams",
            "actions":{"send":{"name":"send","displayName":"Send a message","description":"To a channel or a person"},
                       "find":{"name":"find","displayName":"Find a person","description":"By e-mail"}},
            "triggers":{"new":{"name":"new","displayName":"New message","description":"In a channel"}}}"#,
    );
    let http = read(
        r#"{"name":"@activepieces/piece-http","displayName":"HTTP","version":"0.11.9","description":"Asks any server",
            "actions":{"send_request":{"name":"send_request","displayName":"Send a request","description":"To an address"}}}"#,
    );
    let mut pieces: Vec<super::PieceOffer> = [&slack, &http].into_iter().map(super::PieceOffer::from).collect();
    // One of which only the name is known as yet.
    pieces.push(super::PieceOffer {
        name: "@x/piece-quiet".into(),
        title: "Quiet".into(),
        ..super::PieceOffer::default()
    });
    pieces
}

/// Numbers that are the same in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// Between the two.
    pub(super) fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * (self.below(1_000_000) as f64 / 1_000_000.0)
    }
}
