//! How well a typed text fits a name: whole words before beginnings before scattered letters, with room for a slip of the
//! finger. Knows no page.

/// Lower case without accents, so that `andre` finds “André”.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ä' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ğ' => folded.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' | 'ö' => folded.push('o'),
            'ř' => folded.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => folded.push('s'),
            'ť' | 'ţ' | 'ț' => folded.push('t'),
            'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// How well `query` fits `name`: higher is better, `None` when it does not. An empty query fits everything alike.
///
/// Every word of the query must fit. In falling order: the name itself, its beginning, whole words, beginnings of words,
/// initials, a piece of a word, a word with one slip (two from eight letters on), letters in order within one word.
pub(crate) fn score(query: &str, name: &str) -> Option<u32> {
    let (query, name) = (fold(query), fold(name));
    let query = query.trim();
    if query.is_empty() {
        return Some(0);
    }
    // Shorter names first among equals.
    let brevity = 40_u32.saturating_sub(u32::try_from(name.chars().count()).unwrap_or(40));
    if name == query {
        return Some(10_000);
    }
    if name.starts_with(query) {
        return Some(5_000 + brevity);
    }
    let words: Vec<&str> =
        name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    if query.chars().count() > 1 && initials.starts_with(query) {
        return Some(2_500 + brevity);
    }
    let mut total = 0;
    let mut asked = 0;
    for part in query.split_whitespace() {
        total += words.iter().filter_map(|word| fit(part, word)).max()?;
        asked += 1;
    }
    Some(total / asked.max(1) + brevity)
}

fn fit(part: &str, word: &str) -> Option<u32> {
    let length = part.chars().count();
    if word == part {
        return Some(3_000);
    }
    if word.starts_with(part) {
        return Some(2_000);
    }
    if length > 1 && word.contains(part) {
        return Some(1_000);
    }
    let allowed = match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    if let Some(slips) = slips(part, word, allowed) {
        return Some(700 - slips * 100);
    }
    (length > 2 && in_order(part, word)).then_some(200)
}

/// The letters of `part` stand in `word` in that order, beginning with its first.
fn in_order(part: &str, word: &str) -> bool {
    if part.chars().next() != word.chars().next() {
        return false;
    }
    let mut letters = word.chars();
    part.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

/// How many slips (a letter wrong, missing, too many, or two swapped) lead from `part` to `word` or to its beginning, when
/// at most `allowed`.
fn slips(part: &str, word: &str, allowed: u32) -> Option<u32> {
    if allowed == 0 {
        return None;
    }
    let part: Vec<char> = part.chars().collect();
    let word: Vec<char> = word.chars().take(part.len() + 2).collect();
    let width = word.len() + 1;
    let mut older: Vec<u32> = Vec::new();
    let mut old: Vec<u32> = (0..width).map(|column| u32::try_from(column).unwrap_or(u32::MAX)).collect();
    for (line, letter) in part.iter().enumerate() {
        let mut fresh = Vec::with_capacity(width);
        fresh.push(u32::try_from(line + 1).unwrap_or(u32::MAX));
        for (column, other) in word.iter().enumerate() {
            let at = |row: &[u32], column: usize| row.get(column).copied().unwrap_or(u32::MAX / 2);
            let mut best = (at(&old, column) + u32::from(letter != other))
                .min(at(&old, column + 1) + 1)
                .min(at(&fresh, column) + 1);
            let swapped =
                line > 0 && column > 0 && part.get(line - 1) == Some(other) && word.get(column - 1) == Some(letter);
            if swapped {
                best = best.min(at(&older, column - 1) + 1);
            }
            fresh.push(best);
        }
        older = std::mem::replace(&mut old, fresh);
    }
    // The end of the word may be missing: people stop typing once they see it.
    old.into_iter().skip(part.len().saturating_sub(2)).min().filter(|count| *count <= allowed)
}

/// Sorts by fit, best first; equals keep their order. What does not fit is left out.
pub(crate) fn ranked<T>(
    query: &str,
    things: impl IntoIterator<Item = T>,
    name: impl Fn(&T) -> String,
) -> Vec<(u32, T)> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    let names: Vec<String> = things.iter().flatten().map(name).collect();
    let take = |(score, place): (u32, usize)| Some((score, things.get_mut(place)?.take()?));
    order(query, &names).into_iter().filter_map(take).collect()
}

/// Which names fit, and how well, best first.
fn order(query: &str, names: &[String]) -> Vec<(u32, usize)> {
    let mut fitting: Vec<(u32, usize)> =
        names.iter().enumerate().filter_map(|(place, name)| Some((score(query, name)?, place))).collect();
    fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    fitting
}

#[cfg(test)]
mod tests;
