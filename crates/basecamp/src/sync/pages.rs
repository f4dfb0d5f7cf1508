//! The pages of a listing, several at once when Basecamp has told how many there are. It knows how listings are paged, and
//! nothing of what is in them.

use std::collections::VecDeque;
use std::pin::Pin;

use basecamp_sdk::Operation;
use futures::StreamExt;
use futures::stream::FuturesUnordered;

use crate::Trouble;
use crate::api::{Api, Listing};

/// Pages of one listing that are asked for at once.
const AT_ONCE: usize = 6;

type Pending = Pin<Box<dyn Future<Output = Result<(u64, Listing), Trouble>> + Send>>;

/// A walk over a listing. Pages come in any order.
pub(super) struct Pages {
    api: Api,
    operation: Operation,
    total: Option<u64>,
    waiting: VecDeque<u64>,
    asked: FuturesUnordered<Pending>,
    last: u64,
    limit: u64,
    begun: bool,
    /// One page after the other, following Basecamp's links.
    follow: Option<Listing>,
    in_order: bool,
    /// The listing lost rows while it was walked, so that a row may have slipped between two pages.
    pub(super) shrank: bool,
}

impl Pages {
    /// A walk that asks for many pages at once where it can.
    pub(super) fn new(api: &Api, operation: Operation) -> Self {
        Self {
            api: api.clone(),
            operation,
            total: None,
            waiting: VecDeque::new(),
            asked: FuturesUnordered::new(),
            last: 1,
            limit: u64::MAX,
            begun: false,
            follow: None,
            in_order: false,
            shrank: false,
        }
    }

    /// The same walk over so many pages at most.
    pub(super) fn at_most(mut self, pages: u64) -> Self {
        self.limit = pages;
        self
    }

    /// A walk that asks for one page after the other, because it may stop early.
    pub(super) fn in_order(api: &Api, operation: Operation) -> Self {
        Self { in_order: true, ..Self::new(api, operation) }
    }

    /// The next page to arrive.
    pub(super) async fn next(&mut self) -> Result<Option<Listing>, Trouble> {
        if !self.begun {
            self.begun = true;
            let first = self.api.page(self.operation.clone()).await?;
            self.total = first.total();
            if first.more() {
                match first.total() {
                    Some(total) if !self.in_order && first.rows().len() == 15 => {
                        self.last = page_count(total).max(2).min(self.limit);
                        self.waiting = (2..=self.last).collect();
                    }
                    _ => return Ok(Some(self.keep(first))),
                }
            }
            return Ok(Some(first));
        }
        if let Some(before) = self.follow.take() {
            return match self.api.next(&before).await? {
                Some(next) => Ok(Some(self.keep(next))),
                None => Ok(None),
            };
        }
        while self.asked.len() < AT_ONCE {
            let Some(number) = self.waiting.pop_front() else {
                break;
            };
            self.ask(number);
        }
        let Some(answered) = self.asked.next().await else {
            return Ok(None);
        };
        let (number, page) = answered?;
        if page.total() < self.total {
            self.shrank = true;
        }
        if number == self.last && self.last < self.limit && page.more() {
            self.last += 1;
            self.waiting.push_back(self.last);
        }
        Ok(Some(page))
    }

    /// Hands a page over and remembers where its link leads.
    fn keep(&mut self, page: Listing) -> Listing {
        if page.total().is_some() && page.total() < self.total {
            self.shrank = true;
        }
        self.follow = page.more().then(|| page.clone());
        page
    }

    fn ask(&mut self, number: u64) {
        let api = self.api.clone();
        let mut operation = self.operation.clone();
        operation.query("page", number);
        self.asked.push(Box::pin(async move { Ok((number, api.page(operation).await?)) }));
    }
}

/// How many pages so many rows take: 15, 30, 50, and then 100 to a page.
fn page_count(total: u64) -> u64 {
    match total {
        0..=15 => 1,
        16..=45 => 2,
        46..=95 => 3,
        _ => 3 + (total - 95).div_ceil(100),
    }
}

#[cfg(test)]
mod tests {
    use super::page_count;

    #[test]
    fn pages_grow_as_basecamp_says() {
        let counts =
            [(0, 1), (15, 1), (16, 2), (45, 2), (46, 3), (95, 3), (96, 4), (195, 4), (196, 5), (400, 7), (20_000, 203)];
        for (rows, pages) in counts {
            assert_eq!(page_count(rows), pages, "{rows} rows");
        }
    }
}
