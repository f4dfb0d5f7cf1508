//! One project: its tools and everything in them.

use super::builder::Builder;
use super::themes::Theme;
use super::{files, talk, work};
use crate::world::{DateChange, Fields, Kind, Project, Status};

/// What a project is to be.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) theme: &'static Theme,
    pub(crate) client: &'static str,
    /// How many projects of this theme came before.
    pub(crate) round: usize,
    pub(crate) status: Status,
    /// Whether the signed-in person is in it.
    pub(crate) mine: bool,
    /// Recordings that it may hold, its tools included.
    pub(crate) budget: usize,
    /// Days since it began.
    pub(crate) age: i64,
}

/// A project in the making, as its parts are filled.
pub(crate) struct Site {
    pub(crate) theme: &'static Theme,
    pub(crate) project: i64,
    pub(crate) crew: Vec<i64>,
    pub(crate) age: i64,
    /// How much of everything, in hundredths of the usual.
    pub(crate) scale: usize,
}

impl Site {
    /// The usual number of something, scaled.
    pub(crate) fn many(&self, usual: usize) -> usize {
        usual * self.scale / 100
    }
}

/// What a project of scale 100 holds besides its tools.
const USUAL: usize = 238;
/// With less room than this a project is only filled up, without a story.
const LEAST: usize = 60;
/// A project's tools and columns.
const TOOLS: usize = 10;

pub(crate) fn make(b: &mut Builder, plan: &Plan) -> i64 {
    let began = b.calendar.opening(b.calendar.day(-plan.age));
    let id = match plan.round {
        0 => 2_085_958_500 + plan.age * 13 + b.world.projects.len() as i64 * 100_003,
        _ => b.world.fresh_id(),
    };
    let at = b.world.projects.len();
    let crew = b.crew(plan.mine, at);
    let staff: Vec<i64> =
        crew.iter().copied().filter(|id| b.world.person(*id).is_some_and(|person| !person.client)).collect();
    let creator = b.somebody(&staff);
    let categories = b.world.usual_categories();
    let name = match plan.theme.inside {
        true if plan.round == 0 => plan.theme.name.to_owned(),
        true => format!("{} {}", plan.theme.name, plan.round + 1),
        false => format!("{}: {}", plan.client, plan.theme.name),
    };
    let ended = b.calendar.between(-20, -2, &mut b.dice);
    b.world.projects.insert(
        id,
        Project {
            id,
            name,
            description: Some(plan.theme.about.to_owned()).filter(|about| !about.is_empty()),
            status: plan.status,
            created_at: began,
            updated_at: if plan.status == Status::Active { began } else { ended },
            creator,
            members: crew,
            dock: Vec::new(),
            categories,
            dates: (at.is_multiple_of(2)).then(|| {
                let last = 30 + (at as i64 * 17) % 90;
                (b.calendar.day(-plan.age), b.calendar.day(last))
            }),
        },
    );
    b.world.furnish(id, creator, began);
    b.cap = b.world.len() - TOOLS + plan.budget;
    let room = plan.budget.saturating_sub(TOOLS);
    let site = Site { theme: plan.theme, project: id, crew: staff, age: plan.age, scale: room * 100 / USUAL };
    if room >= LEAST {
        work::todos(b, &site);
        work::cards(b, &site);
        talk::messages(b, &site);
        talk::checkins(b, &site);
        talk::chat(b, &site);
        files::vault(b, &site);
        files::schedule(b, &site);
        files::timesheet(b, &site);
    }
    id
}

/// Work that presses: overdue, due today and due tomorrow, for the signed-in person and for another.
pub(crate) fn pressing(b: &mut Builder, projects: &[i64]) {
    let me = b.world.me();
    for (round, project) in projects.iter().take(4).enumerate() {
        let open: Vec<i64> = b
            .world
            .of_kind(Kind::Todo)
            .iter()
            .copied()
            .filter(|id| {
                b.world.recording(*id).is_some_and(|todo| {
                    todo.project == *project && todo.completion.is_none() && b.world.status_of(*id) == Status::Active
                })
            })
            .collect();
        let members = b.world.members(*project);
        let second = b.world.people.values().filter(|person| members.contains(&person.id));
        let second = second.map(|person| person.id).find(|id| *id != me);
        let days = [0, 1, -2, 0, 1, 0];
        for (at, (todo, days)) in open.iter().zip(days).enumerate() {
            let who = match (at % 2, second) {
                (1, Some(second)) => second,
                _ => me,
            };
            let due = b.calendar.day(days - if days < 0 { round as i64 } else { 0 });
            let fields = Fields {
                starts_on: Some(DateChange::Clear),
                due_on: Some(DateChange::On(due)),
                assignees: Some(vec![who]),
                ..Fields::default()
            };
            if b.world.fill(*todo, &fields).is_err() {
                tracing::debug!("a to-do of the sample kept its dates");
            }
        }
    }
}

/// Fills up with to-dos and comments to the number of recordings asked for.
pub(crate) fn top_up(b: &mut Builder, projects: &[(i64, &'static Theme)], wanted: usize) {
    b.cap = wanted;
    let mut round = 0;
    while b.world.len() < wanted && !projects.is_empty() {
        let Some((project, theme)) = projects.get(round % projects.len()).copied() else {
            return;
        };
        work::one_more(b, project, theme, round / projects.len());
        round += 1;
    }
}
