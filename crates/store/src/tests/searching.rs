use contract::commands::Search;

use super::*;

fn search(query: &str) -> Search {
    Search { query: query.into(), project: None, person: None, kinds: vec![], put_away: false, limit: None }
}

fn brief(found: &Found) -> Vec<String> {
    found
        .hits
        .iter()
        .map(|hit| match hit {
            Hit::Item { row, .. } => row.id.to_string(),
            Hit::Project { name, .. } | Hit::Person { name, .. } => name.clone(),
        })
        .collect()
}

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.store.apply_projects(vec![project(7, "Website Relaunch"), project(8, "Käse & Co")]).await.unwrap();
    desk.store.apply_people(vec![person(3, "Marta Nowak"), person(4, "Ben Müller")]).await.unwrap();
    desk.apply(&[
        Recording { title: "Book the photo studio".into(), assignees: vec![PersonId(3)], ..todo(1) },
        Recording { title: "Lights".into(), body: "<p>Bring them to the <b>studio</b> early</p>".into(), ..todo(2) },
        Recording { title: "Studio invoice".into(), status: Status::Archived, ..todo(3) },
        Recording {
            title: String::new(),
            body: "Über das Café".into(),
            kind: Kind::Comment,
            project: ProjectId(8),
            ..todo(4)
        },
        Recording { title: "Studio of old".into(), status: Status::Gone, ..todo(5) },
    ])
    .await;
    desk
}

#[tokio::test]
async fn titles_come_before_texts_and_the_last_word_may_be_unfinished() {
    let desk = desk().await;
    let found = desk.store.search(&search("stud")).await.unwrap();
    assert_eq!((brief(&found), found.total), (vec!["1".to_owned(), "2".to_owned()], 2));
    let Hit::Item { snippet, .. } = &found.hits[1] else { panic!() };
    assert_eq!(snippet, "Bring them to the [studio] early");
    assert_eq!(brief(&desk.store.search(&search("cafe")).await.unwrap()), ["4"]);
    assert_eq!(brief(&desk.store.search(&search("UBER das")).await.unwrap()), ["4"]);
    assert!(brief(&desk.store.search(&search("stud ")).await.unwrap()).is_empty());
    assert!(brief(&desk.store.search(&search("  !? ")).await.unwrap()).is_empty());
    assert_eq!(brief(&desk.store.search(&search("mull")).await.unwrap()), ["Ben Müller"]);
    assert_eq!(brief(&desk.store.search(&search("kase")).await.unwrap()), ["Käse & Co"]);
}

#[tokio::test]
async fn filters_hold() {
    let desk = desk().await;
    let all = Search { put_away: true, ..search("studio") };
    assert_eq!(brief(&desk.store.search(&all).await.unwrap()), ["3", "1", "2"]);
    assert_eq!(brief(&desk.store.search(&Search { person: Some(PersonId(3)), ..all.clone() }).await.unwrap()), ["1"]);
    assert!(
        brief(&desk.store.search(&Search { project: Some(ProjectId(8)), ..all.clone() }).await.unwrap()).is_empty()
    );
    assert!(brief(&desk.store.search(&Search { kinds: vec![Kind::Card], ..all.clone() }).await.unwrap()).is_empty());
    let one = desk.store.search(&Search { limit: Some(1), ..all }).await.unwrap();
    assert_eq!((brief(&one).len(), one.total), (1, 3));
}

#[tokio::test]
async fn typing_errors_are_corrected_and_said() {
    let desk = desk().await;
    for (typed, found, corrected) in [
        ("mrata", "Marta Nowak", "marta"),
        ("Nowka", "Marta Nowak", "nowak"),
        ("websit relunch", "Website Relaunch", "website relaunch"),
        ("phtoo studoi", "1", "photo studio"),
    ] {
        let answer = desk.store.search(&search(typed)).await.unwrap();
        assert_eq!(
            (brief(&answer).first().map(String::as_str), answer.corrected.as_str()),
            (Some(found), corrected),
            "{typed}"
        );
    }
    let nothing = desk.store.search(&search("zzzzzzzzz")).await.unwrap();
    assert_eq!((nothing.total, nothing.corrected.as_str()), (0, ""));
}

#[tokio::test]
async fn renamed_and_rewritten_things_are_found_by_their_last_words_only() {
    let desk = desk().await;
    desk.apply(&[Recording { title: "Book the hall".into(), updated_at: at(1), ..todo(1) }]).await;
    desk.store.apply_people(vec![person(3, "Marta Kowalska")]).await.unwrap();
    assert_eq!(brief(&desk.store.search(&search("hall")).await.unwrap()), ["1"]);
    assert!(brief(&desk.store.search(&search("photo")).await.unwrap()).is_empty());
    assert_eq!(brief(&desk.store.search(&search("kowal")).await.unwrap()), ["Marta Kowalska"]);
    let (local, _) = desk.create("Zeppelin").await;
    assert_eq!(brief(&desk.store.search(&search("zeppel")).await.unwrap()), [local.to_string()]);
    desk.edit(local.0, |r| r.status = Status::Trashed).await;
    assert_eq!(desk.store.search(&Search { put_away: true, ..search("zeppelin") }).await.unwrap().total, 0);
    desk.check().await;
}
