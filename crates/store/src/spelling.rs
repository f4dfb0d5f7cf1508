//! Words that stand nowhere: the nearest one that does.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::error::Result;

/// The words with each unknown one replaced by the nearest known one; `None` when that changes nothing.
pub(crate) async fn correct(db: &mut SqliteConnection, words: &[String]) -> Result<Option<Vec<String>>> {
    let mut better = Vec::with_capacity(words.len());
    for word in words {
        better.push(nearest(db, word).await?.unwrap_or_else(|| word.clone()));
    }
    Ok((better != words).then_some(better))
}

/// The nearest word of a name, else of an item with the same first two letters; `None` when the word is known or nothing is near.
async fn nearest(db: &mut SqliteConnection, word: &str) -> Result<Option<String>> {
    let most = match word.chars().count() {
        0..=2 => return Ok(None),
        3..=4 => 1,
        _ => 2,
    };
    let known: Option<i64> = sqlx::query_scalar(
        "select 1 from item_words where item_words match ?1 union all select 1 from name_words where name_words match ?1 limit 1",
    )
    .bind(format!("\"{word}\""))
    .fetch_optional(&mut *db)
    .await?;
    if known.is_some() {
        return Ok(None);
    }
    let names = sqlx::query("select term, cnt from name_vocabulary").fetch_all(&mut *db).await?;
    if let Some(name) = best(&names, word, most)? {
        return Ok(Some(name));
    }
    // Reading a term means counting it, so only those are read that begin alike.
    let start: String = word.chars().take(2).collect();
    let terms = sqlx::query("select term, cnt from item_vocabulary where term >= ?1 and term < ?1 || char(1114111)")
        .bind(start)
        .fetch_all(db)
        .await?;
    best(&terms, word, most)
}

/// The nearest of these terms, the more frequent of two that are equally near.
fn best(terms: &[SqliteRow], word: &str, most: usize) -> Result<Option<String>> {
    let mut best: Option<((usize, i64), &str)> = None;
    for row in terms {
        let term: &str = row.try_get("term")?;
        let Some(distance) = distance(word, term, most) else { continue };
        let rank = (distance, -row.try_get::<i64, _>("cnt")?);
        if best.is_none_or(|(known, _)| rank < known) {
            best = Some((rank, term));
        }
    }
    Ok(best.map(|(_, term)| term.to_owned()))
}

/// How many letters must be added, dropped, exchanged or swapped with their neighbour; `None` for more than `most`.
pub(crate) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut left_of_a = None;
    for (i, ca) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        let mut left_of_b = None;
        for (j, cb) in b.iter().enumerate() {
            let cell = |of: &[usize], at: usize| of.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut least = (cell(&row, j) + usize::from(ca != cb)).min(cell(&row, j + 1) + 1).min(cell(&next, j) + 1);
            if j > 0 && left_of_a == Some(cb) && left_of_b == Some(ca) {
                least = least.min(cell(&above, j - 1) + 1);
            }
            next.push(least);
            left_of_b = Some(cb);
        }
        if next.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        above = std::mem::replace(&mut row, next);
        left_of_a = Some(ca);
    }
    row.last().copied().filter(|distance| *distance <= most)
}

/// A word as the index keeps it: small letters without their marks. Letters beyond the Latin ones are only made small.
pub(crate) fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(unmarked).collect()
}

fn unmarked(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ō' | 'ŏ' | 'ő' | 'ơ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests;
