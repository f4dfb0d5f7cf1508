//! An answer as text, and which parts of it are accounted for. It knows no data: rules take parts, and what nobody took is left.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use regex::Regex;

const LABEL: &str = r"((?:\\.|[^\]\\])*)";

/// What the assistant said.
pub(super) struct Said {
    text: String,
    taken: RefCell<Vec<bool>>,
}

/// A line with its place in the text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    at: Range<usize>,
}

/// A link: what it leads to, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) kind: String,
    pub(super) id: i64,
    pub(super) label: String,
}

impl Said {
    pub(super) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), taken: RefCell::new(vec![false; text.len()]) }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Takes the first place that fits, and tells what stood in its gaps.
    pub(super) fn take(&self, pattern: &str) -> Result<Vec<String>, String> {
        self.take_all(pattern, 1).into_iter().next().ok_or_else(|| format!("nothing fits {pattern:?}"))
    }

    /// Takes every place that fits.
    pub(super) fn all(&self, pattern: &str) -> Vec<Vec<String>> {
        self.take_all(pattern, usize::MAX)
    }

    fn take_all(&self, pattern: &str, most: usize) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for place in expression(pattern).captures_iter(&self.text).take(most) {
            self.mark(place.get(0).unwrap().range());
            found.push(gaps(&place));
        }
        found
    }

    /// Takes the first place of a line that fits.
    pub(super) fn take_in(&self, line: &Line, pattern: &str) -> Result<Vec<String>, String> {
        self.all_in(line, pattern)
            .into_iter()
            .next()
            .ok_or_else(|| format!("nothing fits {pattern:?} in {:?}", line.text))
    }

    /// Takes every place of a line that fits.
    pub(super) fn all_in(&self, line: &Line, pattern: &str) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for place in expression(pattern).captures_iter(&line.text) {
            let at = place.get(0).unwrap().range();
            self.mark(line.at.start + at.start..line.at.start + at.end);
            found.push(gaps(&place));
        }
        found
    }

    pub(super) fn mark_line(&self, line: &Line) {
        self.mark(line.at.clone());
    }

    fn mark(&self, at: Range<usize>) {
        self.taken.borrow_mut()[at].fill(true);
    }

    pub(super) fn lines(&self) -> Vec<Line> {
        let mut at = 0;
        let lines = self.text.split('\n').map(|text| {
            let from = at;
            at += text.len() + 1;
            Line { text: text.to_owned(), at: from..from + text.len() }
        });
        lines.collect()
    }

    /// The bullets that follow the line in which these words stand; the first bullets of all for no words.
    pub(super) fn list_under(&self, head: &str) -> Vec<Line> {
        let lines =
            self.lines().into_iter().skip_while(|line| !line.text.contains(head)).skip(usize::from(!head.is_empty()));
        let bullets =
            lines.skip_while(|line| line.text.is_empty() || (head.is_empty() && !line.text.starts_with("- ")));
        bullets.take_while(|line| line.text.starts_with("- ")).collect()
    }

    /// Every link, in order.
    pub(super) fn links(&self) -> Vec<Link> {
        let links = compiled(&format!(r"\[{LABEL}\]\((\w+):([\w-]+)\)"));
        let found = links.captures_iter(&self.text).map(|place| Link {
            kind: place[2].to_owned(),
            id: place[3].parse().unwrap_or(0),
            label: unescaped(&place[1]),
        });
        found.collect()
    }

    /// What nobody took and is a figure, a day, a link or one of these names.
    pub(super) fn left(&self, names: &[String]) -> Vec<String> {
        const FIGURES: &str = r"(?i)[0-9]+|\]\(|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|dozen|twice|half)\b|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december)\b";
        let taken = self.taken.borrow();
        let free = |at: Range<usize>| taken[at].iter().any(|taken| !taken);
        let figures = compiled(FIGURES);
        let mut left: Vec<String> = figures
            .find_iter(&self.text)
            .filter(|place| free(place.range()))
            .map(|place| around(&self.text, place.range()))
            .collect();
        for name in names {
            left.extend(
                self.text
                    .match_indices(name.as_str())
                    .filter(|(at, _)| free(*at..at + name.len()))
                    .map(|(at, _)| around(&self.text, at..at + name.len())),
            );
        }
        left
    }
}

fn around(text: &str, at: Range<usize>) -> String {
    let from = text[..at.start].char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    let to = text[at.end..].char_indices().nth(24).map_or(text.len(), |(more, _)| at.end + more);
    format!("“…{}…”", text[from..to].replace('\n', " "))
}

fn gaps(place: &regex::Captures<'_>) -> Vec<String> {
    place.iter().skip(1).map(|gap| gap.map_or(String::new(), |gap| gap.as_str().to_owned())).collect()
}

/// What stands in the gaps when the whole line fits.
pub(super) fn fits(line: &str, pattern: &str) -> Option<Vec<String>> {
    let whole = compiled(&format!("^(?:{})$", expression(pattern).as_str()));
    whole.captures(line).map(|place| gaps(&place))
}

/// A pattern is text with gaps: `{n}` a number, `{day}` a day, `{clock}` a time, `{item}`, `{project}` and `{person}` a link
/// (its id), `{people}` several, `{quote}` what stands between quotation marks, `{any}` anything on the line; `{a|b}` either,
/// `{?a}` perhaps.
fn expression(pattern: &str) -> Regex {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(&regex::escape(before));
        let (gap, behind) = after.split_once('}').unwrap();
        rest = behind;
        let link = |kind: &str| format!(r"\[(?:\\.|[^\]\\])*\]\({kind}:(-?\d+)\)");
        out.push_str(&match gap {
            "n" => r"([0-9][0-9,]*)".to_owned(),
            "day" => r"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?)".to_owned(),
            "clock" => r"(\d\d:\d\d)".to_owned(),
            "quote" => r"“([^”]*)”".to_owned(),
            "any" => r"([^\n]*)".to_owned(),
            "item" | "project" | "person" => link(gap),
            "people" => r"((?:\[(?:\\.|[^\]\\])*\]\(person:-?\d+\)(?:, | and )?)+)".to_owned(),
            perhaps if perhaps.starts_with('?') => format!("(?:{})?", regex::escape(&perhaps[1..])),
            either => {
                let words: Vec<String> = either.split('|').map(regex::escape).collect();
                format!("({})", words.join("|"))
            }
        });
    }
    out.push_str(&regex::escape(rest));
    compiled(&out)
}

/// Thousands of answers are checked by the same expressions: each is made once.
fn compiled(expression: &str) -> Regex {
    thread_local!(static MADE: RefCell<HashMap<String, Regex>> = RefCell::default());
    MADE.with_borrow_mut(|made| {
        made.entry(expression.to_owned()).or_insert_with(|| Regex::new(expression).unwrap()).clone()
    })
}

pub(super) fn number(text: &str) -> usize {
    text.replace(',', "").parse().unwrap()
}

pub(super) fn id(text: &str) -> i64 {
    text.parse().unwrap()
}

/// The ids of several links in a row.
pub(super) fn ids(text: &str) -> Vec<i64> {
    compiled(r"\(\w+:(-?\d+)\)").captures_iter(text).map(|place| id(&place[1])).collect()
}

/// “Fri 27 Nov”, of this year when no other is told.
pub(super) fn day(text: &str, today: Date) -> Result<Date, String> {
    let whole = if text.split(' ').count() == 4 { text.to_owned() } else { format!("{text} {}", today.year()) };
    let without_weekday = whole.split_once(' ').unwrap().1;
    let day = Date::strptime("%d %b %Y", without_weekday).map_err(|why| format!("{text:?} is no day: {why}"))?;
    let weekday = &whole[..3];
    if day.strftime("%a").to_string() == weekday { Ok(day) } else { Err(format!("{text} is no {weekday}")) }
}

/// A title as it was before Markdown.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut escaped = false;
    for letter in text.chars() {
        if letter == '\\' && !escaped {
            escaped = true;
            continue;
        }
        escaped = false;
        out.push(letter);
    }
    out
}

/// As it stands in an answer: white space squeezed.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
