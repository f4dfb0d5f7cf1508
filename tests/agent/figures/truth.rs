//! What is so in the company: read from the stand-in itself, not through the commands that the assistant uses.

use std::collections::BTreeMap;

use contract::commands::ShowDirectory;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use sim::world::{Detail, Kind, Span, Status};

use crate::support::Desk;

pub(super) struct Truth {
    pub(super) today: Date,
    pub(super) now: Timestamp,
    pub(super) me: i64,
    /// Name and title.
    pub(super) people: BTreeMap<i64, (String, String)>,
    /// The names of those in use.
    pub(super) projects: BTreeMap<i64, String>,
    /// Planned until.
    pub(super) ends: BTreeMap<i64, Date>,
    /// Everything that is active in them.
    pub(super) items: BTreeMap<i64, Item>,
    /// What the account's report tells.
    pub(super) happened: Vec<Happened>,
}

#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) id: i64,
    pub(super) kind: Kind,
    pub(super) project: i64,
    pub(super) parent: Option<i64>,
    pub(super) title: String,
    /// Without its tags.
    pub(super) body: String,
    pub(super) due: Option<Date>,
    pub(super) done: bool,
    pub(super) done_at: Option<Timestamp>,
    pub(super) people: Vec<i64>,
    pub(super) creator: i64,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) blocked: bool,
    pub(super) span: Option<(Date, Date)>,
    pub(super) hours: Option<(Timestamp, Timestamp)>,
    pub(super) comments: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Happened {
    pub(super) project: i64,
    pub(super) item: i64,
    pub(super) title: String,
    pub(super) action: String,
    pub(super) who: i64,
    pub(super) at: Timestamp,
}

impl Item {
    /// A to-do or a card.
    pub(super) fn is_task(&self) -> bool {
        matches!(self.kind, Kind::Todo | Kind::Card)
    }
    pub(super) fn is_open(&self) -> bool {
        self.is_task() && !self.done
    }
    pub(super) fn done_on(&self) -> Option<Date> {
        self.done_at.map(date)
    }
}

pub(super) fn date(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::system()).date()
}

impl Truth {
    pub(super) async fn of(desk: &Desk) -> Self {
        desk.truth_holds("before anything is asked").await;
        let now = desk.time.clock()();
        let (mut people, mut projects, mut ends, mut items) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let me = desk.sim.me();
        desk.sim.look(|world| {
            people.extend(world.people().map(|person| (person.id, (person.name.clone(), person.title.clone()))));
            for project in
                world.projects().filter(|project| project.members.contains(&me) && project.status == Status::Active)
            {
                projects.insert(project.id, project.name.clone());
                ends.extend(project.dates.map(|(_, last)| (project.id, last)));
            }
            let seen = world.truth_for(me).into_iter();
            for seen in seen.filter(|seen| projects.contains_key(&seen.project) && seen.status == Status::Active) {
                let Some(own) = world.recording(seen.id) else { continue };
                let (mut span, mut hours) = (None, None);
                if let Detail::Entry { span: at, .. } = &own.detail {
                    match at {
                        Span::Days(from, to) => span = Some((*from, *to)),
                        Span::Times(from, to) => {
                            span = Some((date(*from), date(*to)));
                            hours = Some((*from, *to));
                        }
                    }
                }
                let body = plain(&own.body);
                items.insert(
                    seen.id,
                    Item {
                        id: seen.id,
                        kind: own.kind,
                        project: seen.project,
                        parent: seen.parent,
                        blocked: matches!(own.kind, Kind::Todo | Kind::Card | Kind::Step)
                            && says_blocked(&format!("{} . {body}", own.title)),
                        title: seen.title,
                        body,
                        due: seen.due_on,
                        done: seen.completed,
                        done_at: own.completion.map(|done| done.at),
                        people: seen.assignees,
                        creator: own.creator,
                        created: own.created_at,
                        updated: own.updated_at,
                        span,
                        hours,
                        comments: world
                            .children_of(seen.id, Kind::Comment)
                            .filter(|comment| world.status_of(comment.id) == Status::Active)
                            .count(),
                    },
                );
            }
        });
        // The names as the page shows them must be these too.
        for row in desk.does(ShowDirectory {}).await.projects {
            if let Some(name) = projects.get(&row.project.id.0) {
                assert_eq!(*name, row.project.name);
            }
        }
        let happened = report(desk).await;
        Self { today: date(now), now, me, people, projects, ends, items, happened }
    }

    /// The open and done to-dos and cards for which this holds, by due day, undated last.
    pub(super) fn tasks(&self, holds: impl Fn(&Item) -> bool) -> Vec<&Item> {
        let mut tasks: Vec<&Item> = self.items.values().filter(|item| item.is_task() && holds(item)).collect();
        tasks.sort_by_key(|item| (item.due.is_none(), item.due, item.id));
        tasks
    }

    pub(super) fn open(&self, holds: impl Fn(&Item) -> bool) -> Vec<&Item> {
        self.tasks(|item| item.is_open() && holds(item))
    }

    /// The first day and the last of a week counted from this one.
    pub(super) fn week(&self, ahead: i64) -> (Date, Date) {
        let into = i64::from(self.today.weekday().to_monday_zero_offset());
        let monday = self.day(ahead * 7 - into);
        (monday, monday.checked_add(6.days()).unwrap())
    }

    /// So many days from today.
    pub(super) fn day(&self, ahead: i64) -> Date {
        self.today.checked_add(ahead.days()).unwrap()
    }

    pub(super) fn project(&self, part: &str) -> i64 {
        let mut found = self.projects.iter().filter(|(_, name)| name.contains(part));
        let one = found.next().unwrap_or_else(|| panic!("no project is called {part}"));
        assert!(found.next().is_none(), "two projects are called {part}");
        *one.0
    }

    pub(super) fn person(&self, part: &str) -> i64 {
        let found = self.people.iter().find(|(_, (name, _))| name.starts_with(part));
        *found.unwrap_or_else(|| panic!("nobody is called {part}")).0
    }

    pub(super) fn item(&self, title: &str) -> &Item {
        self.items.values().find(|item| item.title == title).unwrap_or_else(|| panic!("nothing is called {title}"))
    }

    /// Every name that an answer could hold.
    pub(super) fn names(&self) -> Vec<String> {
        self.people.values().map(|(name, _)| name.clone()).chain(self.projects.values().cloned()).collect()
    }
}

/// Text without tags and entities, on one line.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            letter if !inside => out.push(letter),
            _ => {}
        }
    }
    let out = out.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    super::said::squeezed(&out.replace("&#39;", "'").replace("&amp;", "&"))
}

/// Its words say that it is blocked or waits.
fn says_blocked(text: &str) -> bool {
    let low = text.to_lowercase();
    let denied = ["not blocked", "no longer blocked", "never blocked"].iter().any(|words| low.contains(words));
    let words: Vec<&str> = low.split(|letter: char| !letter.is_alphanumeric()).collect();
    let pairs = words.windows(2).any(|pair| matches!(pair, ["waiting", "for" | "on"] | ["on", "hold"]));
    !denied && (words.contains(&"blocked") || pairs)
}

/// The account's report of progress, page by page, as Basecamp itself tells it.
async fn report(desk: &Desk) -> Vec<Happened> {
    let client = reqwest::Client::new();
    let mut all = Vec::new();
    for page in 1.. {
        let url = format!("{}/{}/reports/progress.json?page={page}", desk.sim.base_url(), desk.sim.account_id());
        let answer = client
            .get(url)
            .bearer_auth(desk.sim.token())
            .header("user-agent", "figures (test@example.com)")
            .send()
            .await
            .unwrap();
        let rows: Vec<Value> = answer.error_for_status().unwrap().json().await.unwrap();
        if rows.is_empty() {
            break;
        }
        all.extend(rows.iter().map(|row| Happened {
            project: row["bucket"]["id"].as_i64().unwrap(),
            item: row["parent_recording_id"].as_i64().unwrap(),
            title: row["title"].as_str().unwrap().to_owned(),
            action: row["action"].as_str().unwrap().to_owned(),
            who: row["creator"]["id"].as_i64().unwrap(),
            at: row["created_at"].as_str().unwrap().parse().unwrap(),
        }));
    }
    all
}
