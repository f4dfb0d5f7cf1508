//! Geared paging: 15 rows on the first page, then 30, 50, and 100 from there on, with `Link` headers.

use serde_json::Value;

use super::reply::Reply;
use super::request::Ask;

/// The first row and the number of rows of a page; pages count from 1.
pub(crate) fn slot(page: usize) -> (usize, usize) {
    match page {
        0 | 1 => (0, 15),
        2 => (15, 30),
        3 => (45, 50),
        more => (95 + (more - 4) * 100, 100),
    }
}

/// The page of `rows` that the request asks for. `url` is the account's address, without the path.
pub(crate) fn page<T>(ask: &Ask, url: &str, rows: &[T], show: impl FnMut(&T) -> Value) -> Reply {
    let number = ask.param("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).clamp(1, 1_000_000);
    let (first, count) = slot(number);
    let shown: Vec<Value> = rows.iter().skip(first).take(count).map(show).collect();
    let reply = Reply::ok(Value::Array(shown)).with("x-total-count", rows.len().to_string());
    if first + count >= rows.len() {
        return reply;
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (key, value) in &ask.query {
        if key != "page" {
            query.append_pair(key, value);
        }
    }
    query.append_pair("page", &(number + 1).to_string());
    let next = format!("<{url}{}?{}>; rel=\"next\"", ask.path, query.finish());
    reply.with("link", next)
}
