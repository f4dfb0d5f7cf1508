//! Decisions are found where they were written, and a draft says nothing but what its sources say.

use contract::commands::{ChangeSettings, FindDecisions, ShowStatus, Sourced, WriteDraft};
use contract::{Code, Hours, Notify, ProjectId, RecordingId};
use jiff::civil::time;
use sim::world::{Fields, Kind};

use super::server::facts;
use crate::support::{Desk, day};

fn all() -> FindDecisions {
    FindDecisions { project: None, from: None, to: None, limit: None }
}

fn draft(sentences: &[(&str, &[RecordingId])]) -> WriteDraft {
    let sentence =
        |(text, sources): &(&str, &[RecordingId])| Sourced { text: (*text).into(), sources: sources.to_vec() };
    WriteDraft { title: " How it went ".into(), sentences: sentences.iter().map(sentence).collect() }
}

#[tokio::test]
async fn decisions_are_found_in_every_kind_of_text_newest_first() {
    let (desk, scene) = Desk::with_scene().await;
    let before = desk.does(FindDecisions { limit: Some(100), ..all() }).await.len();
    let body = |html: &str| Fields { body: Some(html.to_owned()), ..Fields::default() };
    let titled = |title: &str, html: &str| Fields { title: Some(title.to_owned()), ..body(html) };
    let project = scene.project.0;
    let (mut said, mut other) = (Vec::new(), 0);
    desk.server(|editor| {
        let tool = |editor: &sim::Editor<'_>, kind| editor.world().tool(project, kind).unwrap();
        let (board, vault, chat, checkins) = (
            tool(editor, Kind::MessageBoard),
            tool(editor, Kind::Vault),
            tool(editor, Kind::Chat),
            tool(editor, Kind::Questionnaire),
        );
        let question = editor.create(checkins, Kind::Question, Fields::titled("What did you do?")).unwrap();
        said = vec![
            editor
                .create(
                    board,
                    Kind::Message,
                    titled("The hall", "<p>Hello.</p><p>We decided to take the <b>large</b> hall. Ok?</p>"),
                )
                .unwrap(),
            editor.comment(scene.todo.0, "<div>Approved.</div><blockquote>We agreed to wait.</blockquote>").unwrap(),
            editor
                .create(
                    vault,
                    Kind::Document,
                    titled("Decision: oak doors", "<ul><li>Not decided: the paint</li></ul>"),
                )
                .unwrap(),
            editor
                .create(
                    question,
                    Kind::Answer,
                    body("<div>We settled on Harbour Print; is it approved?</div><p>Let’s go with oak.</p>"),
                )
                .unwrap(),
            editor.create(chat, Kind::Line, Fields::titled("ok, we'll go with blue")).unwrap(),
        ];
        // A to-do is no place where a decision is told.
        other = editor.create_todo(scene.list.0, "We decided to buy lamps").unwrap();
    });
    desk.full_sync().await;
    let found = desk.does(FindDecisions { limit: Some(100), ..all() }).await;
    assert_eq!(found.len(), before + 5, "{found:#?}");
    let quoted: Vec<(i64, &str)> = found.iter().map(|one| (one.item.id.0, one.quote.as_str())).collect();
    for wanted in [
        (said[0], "We decided to take the large hall."),
        (said[1], "Approved."),
        (said[2], "Decision: oak doors"),
        (said[3], "Let’s go with oak."),
        (said[4], "ok, we'll go with blue"),
    ] {
        assert!(quoted.contains(&wanted), "{wanted:?} is not in {quoted:#?}");
    }
    assert!(!quoted.iter().any(|(id, _)| *id == other));
    assert!(found.windows(2).all(|pair| pair[0].at >= pair[1].at));
    let one = found.iter().find(|one| one.item.id.0 == said[0]).unwrap();
    assert_eq!((one.author, one.at), (one.item.creator, one.item.created_at));
    assert!(one.author.is_some());

    let newest = desk.does(FindDecisions { limit: Some(1), ..all() }).await;
    assert_eq!(newest[..], found[..1]);
    let here = desk.does(FindDecisions { project: Some(scene.project), limit: Some(100), ..all() }).await;
    assert!(here.iter().all(|one| one.item.project == scene.project) && here.len() >= 5);
    let span = |from, to| FindDecisions { from, to, project: Some(scene.project), limit: Some(100) };
    assert!(desk.does(span(Some(day("2026-11-20")), Some(day("2026-11-20")))).await.len() >= 5);
    assert_eq!(desk.does(span(Some(day("2026-11-21")), None)).await.len(), 0);
    let older = desk.does(span(None, Some(day("2026-11-19")))).await;
    assert!(older.iter().all(|one| !said.contains(&one.item.id.0)));
}

#[tokio::test]
async fn decisions_are_asked_for_properly() {
    let (desk, _) = Desk::with_scene().await;
    for limit in [0, 101] {
        let fault = desk.is_refused(FindDecisions { limit: Some(limit), ..all() }, Code::Invalid).await;
        assert_eq!(fault.field.as_deref(), Some("limit"));
    }
    let backwards = FindDecisions { from: Some(day("2026-11-20")), to: Some(day("2026-11-19")), ..all() };
    assert_eq!(desk.is_refused(backwards, Code::Invalid).await.field.as_deref(), Some("to"));
    let last = FindDecisions { to: Some(jiff::civil::Date::MAX), ..all() };
    assert_eq!(desk.is_refused(last, Code::Invalid).await.field.as_deref(), Some("to"));
    desk.is_refused(FindDecisions { project: Some(ProjectId(1)), ..all() }, Code::NotFound).await;
}

#[tokio::test]
async fn a_draft_keeps_what_its_sources_say_and_names_what_they_do_not() {
    let (desk, scene) = Desk::with_scene().await;
    let before = facts(&desk);
    let directory = desk.does(contract::commands::ShowDirectory {}).await;
    let name = |id| directory.people.iter().find(|person| person.id == id).unwrap().name.clone();
    let doer = name(scene.people[0]);
    let doers = [scene.people[0], scene.people[1], directory.me.unwrap()];
    let tokens = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let known: Vec<String> = doers.iter().flat_map(|id| tokens(&name(*id))).collect();
    let stranger = directory
        .people
        .iter()
        .map(|person| person.name.clone())
        .find(|name| tokens(name).iter().all(|part| !known.contains(part)))
        .unwrap();
    let nowhere = |what: &str| format!("“{what}” stands in none of its sources.");
    let (todo, card) = (scene.todo, scene.card);
    let absent = RecordingId(4);
    let good = format!("{doer} books the studio by Friday, 4 December.");
    let linked = format!("[{doer}](person:{}) has [Book the studio](item:{todo}).", scene.people[0]);
    let strange = format!("{stranger} books the studio.");
    let asked: Vec<(&str, Vec<RecordingId>)> = vec![
        (&good, vec![todo]),
        (&linked, vec![todo, absent]),
        ("Two items are due on 2026-12-04.", vec![todo, card, todo]),
        (&strange, vec![todo]),
        ("It takes 40 lamps.", vec![todo]),
        ("It is due on 5 December.", vec![todo]),
        ("It is due on Monday, 4 December.", vec![todo]),
        ("All is well.", vec![absent]),
        ("All is well.", vec![]),
        ("Three items are due.", vec![todo, card]),
    ];
    let asked: Vec<(&str, &[RecordingId])> = asked.iter().map(|(text, of)| (*text, of.as_slice())).collect();
    let draft = desk.does(draft(&asked)).await;
    assert_eq!(draft.title, "How it went");
    let kept: Vec<(&str, Vec<RecordingId>)> =
        draft.sentences.iter().map(|one| (one.text.as_str(), one.sources.iter().map(|row| row.id).collect())).collect();
    assert_eq!(
        kept,
        [
            (good.as_str(), vec![todo]),
            (linked.as_str(), vec![todo]),
            ("Two items are due on 2026-12-04.", vec![todo, card])
        ],
        "{:#?}",
        draft.dropped
    );
    let dropped: Vec<(&str, &str)> = draft.dropped.iter().map(|one| (one.text.as_str(), one.why.as_str())).collect();
    assert_eq!(
        dropped,
        [
            (strange.as_str(), nowhere(&stranger).as_str()),
            ("It takes 40 lamps.", nowhere("40").as_str()),
            ("It is due on 5 December.", nowhere("5 December").as_str()),
            ("It is due on Monday, 4 December.", nowhere("Monday, 4 December").as_str()),
            ("All is well.", "Its source 4 is no item of this workspace."),
            ("All is well.", "It has no source."),
            ("Three items are due.", nowhere("Three").as_str()),
        ]
    );
    assert_eq!(facts(&desk), before, "nothing was changed");
    assert!(desk.history().await.is_empty() && desk.writes_seen() == 0);
}

#[tokio::test]
async fn a_draft_that_is_not_well_formed_is_refused() {
    let (desk, scene) = Desk::with_scene().await;
    let one: &[(&str, &[RecordingId])] = &[("It holds.", &[scene.todo])];
    let long = "x".repeat(2_001);
    let many = vec![scene.todo; 21];
    for (input, field, part) in [
        (WriteDraft { title: "  ".into(), ..draft(one) }, "title", "title"),
        (WriteDraft { title: "x".repeat(201), ..draft(one) }, "title", "200"),
        (draft(&[]), "sentences", "has 0"),
        (draft(&[one[0]; 201]), "sentences", "has 201"),
        (draft(&[one[0], (" \n", &[scene.todo])]), "sentences", "Sentence 2 is empty"),
        (draft(&[(&long, &[scene.todo])]), "sentences", "2001 characters"),
        (draft(&[("Fine.", &many)]), "sentences", "21 sources"),
    ] {
        let fault = desk.is_refused(input, Code::Invalid).await;
        assert_eq!(fault.field.as_deref(), Some(field), "{}", fault.message);
        assert!(fault.message.contains(part), "{}", fault.message);
    }
    assert_eq!(desk.does(draft(&[one[0]; 200])).await.sentences.len(), 200);
}

#[tokio::test]
async fn working_hours_and_news_are_chosen_and_kept() {
    let desk = Desk::open().await;
    let settings = desk.does(ShowStatus {}).await.settings;
    assert_eq!((settings.working_hours, settings.notify), (Hours::default(), Notify::Immediate));
    assert_eq!(Hours::default(), Hours { from: time(9, 0, 0, 0), to: time(17, 0, 0, 0) });
    let hours = Hours { from: time(7, 30, 0, 0), to: time(15, 0, 0, 0) };
    let changed = desk
        .does(ChangeSettings { working_hours: Some(hours), notify: Some(Notify::Digest), ..ChangeSettings::default() })
        .await;
    assert_eq!((changed.working_hours, changed.notify), (hours, Notify::Digest));
    for (from, to) in [(9, 9), (17, 9)] {
        let wrong = Hours { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) };
        let fault = desk
            .is_refused(ChangeSettings { working_hours: Some(wrong), ..ChangeSettings::default() }, Code::Invalid)
            .await;
        assert_eq!(fault.field.as_deref(), Some("working_hours"));
    }
    let desk = desk.restarts().await;
    assert_eq!(desk.does(ShowStatus {}).await.settings, changed);
}
