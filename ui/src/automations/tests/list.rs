use contract::{
    AutomationServer, Connection, ConnectionId, FlowId, FlowPlace, FlowState, FlowSummary, RunId, RunStatus, RunSummary,
};

use crate::automations::connections::{piece_word, sorted};
use crate::automations::line::tested_since;
use crate::automations::order::{Folder, Sort, Stand, Where, Wish, arrange, folders, places, sorts, stands};
use crate::automations::save::said;
use crate::automations::server::standing;
use crate::parts::Tone;

fn flow(id: i64, name: &str) -> FlowSummary {
    FlowSummary {
        id: FlowId(id),
        name: name.into(),
        folder: String::new(),
        place: FlowPlace::Here,
        state: FlowState::On,
        changed: false,
        trigger: "Every day".into(),
        steps: 2,
        problems: 0,
        owner: "Ada".into(),
        changed_at: format!("2026-11-{:02}T09:00:00Z", id.clamp(1, 30)).parse().unwrap(),
        last_run: None,
        last_test: None,
        runs: 0,
        failed: 0,
        days: Vec::new(),
    }
}

fn some() -> Vec<FlowSummary> {
    vec![
        FlowSummary { folder: "Team".into(), runs: 10, failed: 1, ..flow(1, "beta") },
        FlowSummary {
            place: FlowPlace::Server,
            state: FlowState::Off,
            changed: true,
            runs: 10,
            failed: 9,
            ..flow(2, "Alpha")
        },
        FlowSummary {
            state: FlowState::Draft,
            changed: true,
            problems: 3,
            trigger: "A card is made".into(),
            ..flow(3, "Gamma")
        },
    ]
}

fn ids(wish: &Wish) -> Vec<i64> {
    arrange(&some(), wish).iter().map(|flow| flow.id.0).collect()
}

#[test]
fn each_order_is_the_one_that_it_says() {
    let by = |sort: Sort| ids(&Wish { sort, ..Wish::default() });
    assert_eq!(by(Sort::Edited), [3, 2, 1]);
    assert_eq!(by(Sort::Name), [2, 1, 3], "capitals do not count");
    assert_eq!(by(Sort::Failing), [2, 1, 3], "what did not run stands last");
    assert_eq!(by(Sort::Run), [2, 1, 3], "none ran: by name");
}

#[test]
fn filters_narrow_and_say_so() {
    let of = |stand: Stand| ids(&Wish { stand, ..Wish::default() });
    assert_eq!(of(Stand::On), [1]);
    assert_eq!(of(Stand::Off), [2]);
    assert_eq!(of(Stand::Draft), [3]);
    assert_eq!(of(Stand::Problems), [3]);
    assert_eq!(of(Stand::Changed), [2], "a draft that was never published has nothing unpublished");
    assert_eq!(ids(&Wish { place: Where::Server, ..Wish::default() }), [2]);
    assert_eq!(ids(&Wish { folder: Folder::This("Team".into()), ..Wish::default() }), [1]);
    assert_eq!(ids(&Wish { folder: Folder::This(String::new()), ..Wish::default() }), [3, 2]);
    assert_eq!(ids(&Wish { words: "card".into(), ..Wish::default() }), [3], "what starts it is looked at too");
    assert!(ids(&Wish { words: "zzz".into(), ..Wish::default() }).is_empty());
    assert_eq!(folders(&some()), ["Team"]);
}

#[test]
fn every_choice_of_a_list_can_be_chosen() {
    for (word, _) in sorts() {
        let mut wish = Wish::default();
        wish.choose_sort(&word);
        assert_eq!(wish.sort.word(), word);
    }
    for (word, _) in stands() {
        let mut wish = Wish::default();
        wish.choose_stand(&word);
        assert_eq!(wish.stand.word(), word);
    }
    for (word, _) in places() {
        let mut wish = Wish::default();
        wish.choose_place(&word);
        assert_eq!(wish.place.word(), word);
    }
}

#[test]
fn the_server_says_how_it_stands() {
    let none = AutomationServer::default();
    let well = AutomationServer { address: "https://f.example".into(), ..AutomationServer::default() };
    assert_eq!(standing(&none).0, Tone::Plain);
    assert_eq!(standing(&well), (Tone::Good, "Connected".into()));
    assert_eq!(standing(&AutomationServer { waiting: 2, ..well.clone() }), (Tone::Warn, "2 edits to be sent".into()));
    let fault = AutomationServer { fault: Some("Sign in again.".into()), waiting: 2, ..well };
    assert_eq!(standing(&fault), (Tone::Bad, "Sign in again.".into()));
}

#[test]
fn connections_that_do_not_work_stand_first() {
    let connection = |id: i64, label: &str, fault: Option<&str>| Connection {
        id: ConnectionId(id),
        key: String::new(),
        label: label.into(),
        piece: "@activepieces/piece-slack".into(),
        place: FlowPlace::Here,
        fault: fault.map(Into::into),
        flows: 0,
    };
    let list = sorted(vec![connection(1, "b", None), connection(2, "A", None), connection(3, "z", Some("expired"))]);
    assert_eq!(list.iter().map(|one| one.id.0).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(piece_word("@activepieces/piece-google-sheets"), "Google sheets");
    assert_eq!(piece_word("own"), "Own");
    assert_eq!(piece_word(""), "");
}

fn run(id: i64, test: bool) -> RunSummary {
    RunSummary {
        id: RunId(id),
        flow: FlowId(1),
        name: "beta".into(),
        place: FlowPlace::Here,
        status: RunStatus::Succeeded,
        test,
        rehearsal: false,
        cause: "By hand".into(),
        began_at: format!("2026-11-{id:02}T09:00:00Z").parse().unwrap(),
        ended_at: None,
        failed_step: None,
        failure: None,
        waits: None,
    }
}

#[test]
fn a_test_is_told_of_while_it_is_later_than_the_last_run() {
    let seen = |ran: Option<i64>, tested: Option<i64>| {
        let flow = FlowSummary {
            last_run: ran.map(|id| run(id, false)),
            last_test: tested.map(|id| run(id, true)),
            ..flow(1, "beta")
        };
        tested_since(&flow).map(|test| test.id.0)
    };
    assert_eq!(seen(None, None), None);
    assert_eq!(seen(None, Some(3)), Some(3), "it was never run");
    assert_eq!(seen(Some(2), Some(3)), Some(3));
    assert_eq!(seen(Some(4), Some(3)), None);
}

#[test]
fn a_saved_file_says_where_it_is() {
    assert_eq!(said("Late.json"), "“Late.json” is saved in your downloads");
}
