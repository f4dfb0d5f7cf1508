//! Sentences in which something was decided, found by their words. English only; what is meant between the lines is not
//! known here.
//!
//! | What stands in the sentence | Counts |
//! |---|---|
//! | “decision:”, “decisions –”, “the decision is”, “the decision was” | with what follows, on the next line too |
//! | “decided”, “approved”, “signed off”, “settled on” | yes |
//! | “agreed” | when the sentence says more than that: “Agreed.” alone tells nothing |
//! | “let’s go with”, “we will go with”, “we’ll go with”, “going with”, “went with” | yes |
//! | a question | no |
//! | not, never, no, nobody, haven’t and the like before the cue, in the same clause | no |
//! | to be, will be, must be, being, get it; if, once, when, until, whether, before the cue, in the same clause | no: it is still to come |
//! | maybe, perhaps, think, hope and the like before the cue, in the same clause | no: nobody is sure |
//! | “nothing” after the cue; “pending”, “tbd”, “open”, “to be made” and the like after “decision” | no |
//! | “the agreed date”, “the approved plan”, “as agreed” | no: it tells of an earlier one |
//! | “signed off early”, “for the day”; “going with you” | no: it is about something else |
//! | the cue within quotation marks, a line that begins with “>”, what follows “Ann wrote:” | no: somebody else's words |
//!
//! A clause ends at a comma, a colon, a semicolon, a dash, a bracket, and before “but”, “so”, and an “and” without the cue
//! right behind it.

/// So many characters of a sentence are quoted.
const QUOTED: usize = 400;
/// So many characters stand before the cue when a longer sentence is cut.
const BEFORE: usize = 120;

/// Phrases of which every decision has at least one, in letters and spaces.
pub(super) const PHRASES: [&str; 10] = [
    "decided",
    "decision",
    "decisions",
    "agreed",
    "approved",
    "signed off",
    "settled on",
    "go with",
    "going with",
    "went with",
];

/// The sentences of a text in which something was decided, in its order, each at most 400 characters and word for word.
/// Lines that begin with `>` are quoted.
pub(super) fn decisions(lines: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut said_above = false;
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", |next| next.trim());
        let (line, quoted_next) = (line.trim(), next.starts_with('>'));
        if line.starts_with('>') {
            continue;
        }
        if line.to_lowercase().ends_with("wrote:") && !quoted_next {
            // What somebody else wrote follows, and nothing says where it ends.
            break;
        }
        let next = sentences(next).find(|_| !quoted_next);
        let mut heads = false;
        let mut here = sentences(line).skip(usize::from(said_above)).peekable();
        while let Some(sentence) = here.next() {
            let next = next.filter(|_| here.peek().is_none());
            if let Some((quote, with_next)) = decision(sentence, next) {
                found.push(quote);
                heads = with_next;
            }
        }
        said_above = heads;
    }
    found
}

/// What is to be quoted, when the sentence tells of a decision, and whether that is the heading of `next`, the first
/// sentence of the next line, which is quoted with it.
fn decision(sentence: &str, next: Option<&str>) -> Option<(String, bool)> {
    if asks(sentence) {
        return None;
    }
    let words = words(sentence);
    let (at, length, announced) = (0..words.len()).find_map(|at| {
        let (length, announced) = cue(&words, at)?;
        (!words.get(at)?.quoted && holds(&words, at, length)).then_some((at, length, announced))
    })?;
    let (from, to) = (words.get(at)?.start, words.get(at + length - 1)?.end);
    if announced && at + length == words.len() {
        let next = next.filter(|next| !asks(next) && !is_open(&self::words(next), 0))?;
        return Some((cut(&format!("{sentence} {next}"), from, to), true));
    }
    Some((cut(sentence, from, to), false))
}

fn asks(sentence: &str) -> bool {
    let end = sentence.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?');
    end.ends_with('?')
}

/// A word of a sentence.
struct Word {
    low: String,
    start: usize,
    end: usize,
    /// Stands within quotation marks.
    quoted: bool,
    /// A clause ends right before it.
    begins: bool,
    /// Right behind it stands a colon or a dash.
    announces: bool,
}

fn words(sentence: &str) -> Vec<Word> {
    let letters: Vec<(usize, char)> = sentence.char_indices().collect();
    let is_word = |at: usize| letters.get(at).is_some_and(|(_, letter)| letter.is_alphanumeric());
    let (mut words, mut quoted, mut begins, mut start) = (Vec::new(), false, true, None);
    for (at, (place, letter)) in letters.iter().enumerate() {
        let inner = matches!(letter, '\'' | '’') && start.is_some() && is_word(at + 1);
        if is_word(at) || inner {
            let from = *start.get_or_insert(*place);
            let goes_on = letters.get(at + 1).is_some_and(|(_, next)| matches!(next, '\'' | '’')) && is_word(at + 2);
            if inner || is_word(at + 1) || goes_on {
                continue;
            }
            start = None;
            let end = place + letter.len_utf8();
            let low = sentence.get(from..end).unwrap_or_default().to_lowercase().replace('’', "'");
            begins |= matches!(low.as_str(), "but" | "so" | "and");
            words.push(Word { low, start: from, end, quoted, begins, announces: false });
            begins = false;
            continue;
        }
        let spaced = letters.get(at + 1).is_none_or(|(_, next)| next.is_whitespace());
        match letter {
            '“' | '«' | '„' => quoted = true,
            '”' | '»' => quoted = false,
            '"' => quoted = !quoted,
            ',' | ';' | '(' | ')' | '[' | ']' => begins = true,
            ':' | '–' | '—' => {
                begins = true;
                announce(&mut words);
            }
            '-' if spaced => {
                begins = true;
                announce(&mut words);
            }
            _ => {}
        }
    }
    words
}

fn announce(words: &mut [Word]) {
    if let Some(last) = words.last_mut() {
        last.announces = true;
    }
}

/// How many words the cue has that begins at `at`, and whether it announces what follows.
fn cue(words: &[Word], at: usize) -> Option<(usize, bool)> {
    let low = |at: usize| words.get(at).map_or("", |word| word.low.as_str());
    let before = |steps: usize| at.checked_sub(steps).map_or("", low);
    match low(at) {
        "decision" | "decisions" if words.get(at)?.announces => Some((1, true)),
        "decision" if matches!(low(at + 1), "is" | "was") => Some((2, words.get(at + 1)?.announces)),
        "decided" | "approved" => Some((1, false)),
        "agreed" if words.len() > 1 => Some((1, false)),
        "signed" if low(at + 1) == "off" => Some((2, false)),
        "settled" if low(at + 1) == "on" => Some((2, false)),
        "going" | "went" if low(at + 1) == "with" => Some((2, false)),
        "go" if low(at + 1) == "with" => {
            let lets = matches!(before(1), "let's" | "lets") || (before(2) == "let" && before(1) == "us");
            let will = before(1) == "will" || before(1).ends_with("'ll");
            let to = before(2) == "going" && before(1) == "to";
            (lets || will || to).then_some((2, false))
        }
        _ => None,
    }
}

/// True when nothing around the cue takes it back.
fn holds(words: &[Word], at: usize, length: usize) -> bool {
    let low = |at: usize| words.get(at).map_or("", |word| word.low.as_str());
    // “Not seen and agreed” is one clause, though “and” would begin another.
    let joined = usize::from(at > 0 && low(at.saturating_sub(1)) == "and");
    let clause = (0..=at.saturating_sub(2 * joined))
        .rev()
        .find(|at| words.get(*at).is_some_and(|word| word.begins))
        .unwrap_or(0);
    let before = words.get(clause..at).unwrap_or_default();
    let taken_back = before.iter().any(|word| {
        word.low.ends_with("n't")
            || matches!(
                word.low.as_str(),
                "not"
                    | "no"
                    | "never"
                    | "nothing"
                    | "nobody"
                    | "none"
                    | "neither"
                    | "nor"
                    | "cannot"
                    | "hardly"
                    | "without"
                    | "yet"
                    | "if"
                    | "once"
                    | "when"
                    | "until"
                    | "till"
                    | "whether"
                    | "unless"
                    | "before"
                    | "assuming"
                    | "after"
                    | "be"
                    | "being"
                    | "awaiting"
                    | "waiting"
                    | "maybe"
                    | "perhaps"
                    | "probably"
                    | "possibly"
                    | "might"
                    | "would"
                    | "could"
                    | "should"
                    | "think"
                    | "thinks"
                    | "thought"
                    | "guess"
                    | "believe"
                    | "believes"
                    | "hope"
                    | "hopes"
                    | "hoping"
                    | "wish"
                    | "wonder"
                    | "unsure"
                    | "who"
                    | "how"
                    | "why"
                    | "almost"
                    | "nearly"
                    | "pretend"
                    | "imagine"
                    | "suppose"
                    | "or"
                    | "get"
                    | "getting"
                    | "gets"
                    | "need"
                    | "needs"
                    | "want"
                    | "wants"
            )
    });
    let last = before.last().map_or("", |word| word.low.as_str());
    let earlier = matches!(low(at), "agreed" | "approved")
        && (matches!(last, "the" | "an" | "our" | "their" | "your" | "its" | "this" | "that" | "as"))
        && (last == "as" || words.get(at + length).is_some_and(|next| !next.begins));
    let had = matches!(last, "it" | "this" | "that" | "them")
        && before.iter().rev().nth(1).is_some_and(|word| matches!(word.low.as_str(), "have" | "having" | "has"));
    let other = match low(at) {
        "signed" => low(at + 2) == "early" || (low(at + 2) == "for" && matches!(low(at + 3), "the" | "today" | "now")),
        "going" | "went" => matches!(low(at + 2), "you" | "me" | "him" | "us" | "her"),
        _ => false,
    };
    let nothing = matches!(low(at + length), "nothing" | "none")
        || (low(at + length) == "on" && matches!(low(at + length + 1), "nothing" | "none"));
    let open = low(at).starts_with("decision") && is_open(words, at + length);
    !(taken_back || earlier || had || other || nothing || open)
}

/// True when what stands at `at`, behind “decision:” or “the decision is”, says that there is none yet.
fn is_open(words: &[Word], at: usize) -> bool {
    let low = |at: usize| words.get(at).map_or("", |word| word.low.as_str());
    match low(at) {
        "nothing" | "none" | "pending" | "tbd" | "tba" | "tbc" | "open" | "outstanding" | "postponed" | "deferred"
        | "due" | "needed" | "required" | "whether" | "how" | "yours" | "ours" | "theirs" | "hers" | "his" | "hard"
        | "difficult" => true,
        "still" => matches!(low(at + 1), "open" | "pending" | "outstanding" | "to" | "ours" | "yours"),
        "not" => matches!(low(at + 1), "yet" | "made" | "taken" | "ours" | "mine"),
        "to" => matches!(low(at + 1), "follow" | "be" | "come"),
        "up" => low(at + 1) == "to",
        _ => false,
    }
}

/// At most so many characters with the words from `from` to `to` among them, cut between words.
fn cut(sentence: &str, from: usize, to: usize) -> String {
    let sentence = sentence.trim();
    if sentence.chars().count() <= QUOTED {
        return sentence.to_owned();
    }
    let reach = sentence.get(..to).unwrap_or(sentence).chars().count();
    let start = if reach <= QUOTED {
        0
    } else {
        let near = sentence.get(..from).unwrap_or_default();
        let back = near.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
        near.get(back..).and_then(|near| near.find(' ')).map_or(from, |space| back + space + 1)
    };
    let rest = sentence.get(start..).unwrap_or_default();
    let Some((end, _)) = rest.char_indices().nth(QUOTED) else { return rest.to_owned() };
    let part = rest.get(..end).unwrap_or_default();
    let whole = rest.get(end..).is_some_and(|after| after.starts_with(' '));
    let space = part.rfind(' ').filter(|space| !whole && *space > end / 2).unwrap_or(end);
    part.get(..space).unwrap_or(part).trim_end().to_owned()
}

/// Words with a full stop that ends no sentence.
const SHORTENED: [&str; 17] = [
    "e.g", "i.e", "mr", "mrs", "ms", "dr", "prof", "st", "vs", "approx", "no", "nr", "fig", "ca", "cf", "resp", "incl",
];
/// Words with a full stop that ends one before a capital.
const OFTEN_LAST: [&str; 5] = ["a.m", "p.m", "etc", "inc", "ltd"];

/// A line's sentences with what ends them.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = sentence_end(rest);
        let (sentence, after) = rest.split_at(end);
        rest = after.trim_start();
        Some(sentence.trim_end())
    })
}

fn sentence_end(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if !matches!(letter, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + letter.len_utf8();
        while let Some((next, closing)) = letters.peek().copied() {
            if !matches!(closing, '.' | '!' | '?' | '…' | '”' | '"' | ')' | '»' | '’' | '\'' | ']') {
                break;
            }
            end = next + closing.len_utf8();
            letters.next();
        }
        let after = text.get(end..).unwrap_or_default();
        let ends = after.is_empty() || after.starts_with(char::is_whitespace);
        if ends && !(letter == '.' && is_shortened(text.get(..at).unwrap_or_default(), after)) {
            return end;
        }
    }
    text.len()
}

fn is_shortened(before: &str, after: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let low = word.to_lowercase();
    let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase) && word != "I";
    let last = after.trim_start().starts_with(char::is_uppercase) || after.trim().is_empty();
    initial || SHORTENED.contains(&low.as_str()) || (!last && OFTEN_LAST.contains(&low.as_str()))
}

#[cfg(test)]
mod tests;
