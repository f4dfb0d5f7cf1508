use super::*;
use crate::TextsWith;
use crate::text::lines;

const KINDS: &[Kind] = &[Kind::Comment, Kind::Message];

fn wanted() -> TextsWith<'static> {
    TextsWith { phrases: &["signed off", "decided"], kinds: KINDS, project: None, from: None, before: None, limit: 10 }
}

fn said(id: i64, body: &str) -> Recording {
    Recording { title: String::new(), body: body.into(), kind: Kind::Comment, created_at: at(id), ..todo(id) }
}

async fn desk() -> Desk {
    let desk = Desk::new().await;
    let archived = Fetched { value: Project { status: Status::Archived, ..project(8, "Old").value }, raw: "{}".into() };
    desk.store.apply_projects(vec![project(7, "Website"), archived]).await.unwrap();
    desk.apply(&[
        said(1, "<p>We <b>decided</b> to wait.</p>"),
        said(2, "Legal has signed-off the text."),
        said(3, "She signed the form and went off."),
        Recording { title: "Decided: blue".into(), kind: Kind::Message, ..said(4, "") },
        Recording { kind: Kind::Todo, ..said(5, "decided") },
        Recording { status: Status::Trashed, ..said(6, "decided") },
        Recording { status: Status::Gone, ..said(7, "decided") },
        Recording { project: ProjectId(8), ..said(8, "decided") },
    ])
    .await;
    desk
}

async fn found(desk: &Desk, wanted: TextsWith<'_>) -> Vec<i64> {
    desk.store.texts_with(wanted).await.unwrap().into_iter().map(|id| id.0).collect()
}

#[tokio::test]
async fn texts_are_found_by_phrases_newest_first() {
    let desk = desk().await;
    assert_eq!(found(&desk, wanted()).await, [4, 2, 1]);
    assert_eq!(found(&desk, TextsWith { limit: 2, ..wanted() }).await, [4, 2]);
    assert_eq!(found(&desk, TextsWith { project: Some(ProjectId(8)), ..wanted() }).await, [8]);
    assert_eq!(found(&desk, TextsWith { from: Some(at(2)), ..wanted() }).await, [4, 2]);
    assert_eq!(found(&desk, TextsWith { before: Some(at(2)), ..wanted() }).await, [1]);
    assert_eq!(found(&desk, TextsWith { kinds: &[Kind::Todo], ..wanted() }).await, [5]);
    assert_eq!(found(&desk, TextsWith { phrases: &["de\" OR \"cided", "(", "NOT"], ..wanted() }).await, [0; 0]);
}

#[tokio::test]
async fn texts_come_with_their_lines_and_without_what_is_gone() {
    let desk = desk().await;
    let ids = [1, 4, 6, 7, 99].map(RecordingId);
    let texts = desk.store.texts(&ids).await.unwrap();
    let mut there: Vec<i64> = texts.keys().map(|id| id.0).collect();
    there.sort_unstable();
    assert_eq!(there, [1, 4, 6]);
    let first = &texts[&RecordingId(1)];
    assert_eq!((first.title.as_str(), first.body.as_str()), ("", "We decided to wait."));
    assert_eq!(first.lines(), ["We decided to wait."]);
    assert_eq!(texts[&RecordingId(4)].title, "Decided: blue");
}

#[test]
fn blocks_are_lines_and_quotations_are_marked() {
    let html = "<h1>Notes</h1><div>One &amp; <em>two</em><br>three\nfour</div><ul><li>a</li><li> </li><li>b</li></ul>\
                <blockquote><p>He said</p><blockquote>so</blockquote>and more</blockquote>And <mark>I</mark>";
    assert_eq!(lines(html), ["Notes", "One & two", "three four", "a", "b", "> He said", "> so", "> and more", "And I"]);
    assert_eq!(lines("one\n two  words\n\n> quoted"), ["one", "two words", "> quoted"]);
    assert_eq!(lines("a < b <p>c"), ["a < b", "c"]);
    assert_eq!(lines("</blockquote>said<blockquote>quoted"), ["said", "> quoted"]);
    assert_eq!(lines("&lt;p&gt;<"), ["<p><"]);
    assert_eq!(lines(" \n "), [""; 0]);
}
