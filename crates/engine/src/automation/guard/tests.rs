#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

#[test]
fn a_run_may_do_what_it_was_given_while_it_goes_on_and_nothing_else() {
    let grants = Grants::default();
    let (ours, other) = (RunId("ours".into()), RunId("other".into()));
    let say = key("@activepieces/piece-slack", "send_channel_message");
    grants.give(&ours, BTreeSet::from([say.clone()]));
    grants.give(&other, BTreeSet::new());
    assert!(grants.allows(&ours, &say));
    assert!(!grants.allows(&ours, &key("@activepieces/piece-slack", "send_direct_message")), "another action");
    assert!(!grants.allows(&ours, &key("@activepieces/piece-http", "send_channel_message")), "another piece");
    assert!(!grants.allows(&other, &say), "another run");
    assert!(!grants.allows(&RunId("unknown".into()), &say));
    grants.end(&ours);
    assert!(!grants.allows(&ours, &say), "it is over");
}
