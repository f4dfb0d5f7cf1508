//! What well-known models cost, as their vendors' price lists said on a day.
//!
//! It knows plain list prices: no discount for cached or batched requests, no surcharge of a gateway. An unknown model has no
//! price here, and nothing is guessed.

use jiff::civil::{Date, date};

/// A price, up to a length of request.
struct Price {
    /// The model, without vendor and without the date of a version.
    model: &'static str,
    /// It holds for requests of up to so many tokens.
    up_to: u64,
    /// Billionths of a dollar per token of the request: dollars per million tokens, times a thousand.
    each_in: u64,
    /// Billionths of a dollar per token of the reply.
    each_out: u64,
    /// The day on which the vendor's list said so.
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever brings the table up to date"))]
    as_of: Date,
}

const fn price(model: &'static str, up_to: u64, each_in: u64, each_out: u64, as_of: Date) -> Price {
    Price { model, up_to, each_in, each_out, as_of }
}

const ANY: u64 = u64::MAX;
/// OpenAI bills longer requests by another list.
const LONG: u64 = 272_000;

/// platform.claude.com/docs/en/about-claude/pricing
const CLAUDE: Date = date(2026, 10, 24);
/// developers.openai.com/api/docs/pricing
const OPENAI_5: Date = date(2026, 5, 4);
const OPENAI_5_6: Date = date(2026, 10, 12);
const OPENAI_6: Date = date(2026, 9, 22);
/// ai.google.dev/gemini-api/docs/pricing
const GEMINI: Date = date(2026, 10, 7);

/// Where a model is here twice, the shorter requests come first.
const PRICES: &[Price] = &[
    price("claude-opus-5-5", ANY, 4_000, 20_000, CLAUDE),
    price("claude-opus-5", ANY, 5_000, 25_000, CLAUDE),
    price("claude-opus-4-6", ANY, 5_000, 25_000, CLAUDE),
    price("claude-opus-4-5", ANY, 5_000, 25_000, CLAUDE),
    price("claude-sonnet-5-5", ANY, 2_000, 10_000, CLAUDE),
    price("claude-sonnet-5", ANY, 2_000, 10_000, CLAUDE),
    price("claude-sonnet-4-6", ANY, 3_000, 15_000, CLAUDE),
    price("claude-sonnet-4-5", ANY, 3_000, 15_000, CLAUDE),
    price("claude-haiku-5-5", 100_000, 100, 500, CLAUDE),
    price("claude-haiku-5-5", ANY, 500, 2_500, CLAUDE),
    price("claude-haiku-4-5", ANY, 1_000, 5_000, CLAUDE),
    price("gpt-6-astra", LONG, 10_000, 50_000, OPENAI_6),
    price("gpt-6-sol", LONG, 2_000, 10_000, OPENAI_6),
    price("gpt-6-luna", LONG, 100, 500, OPENAI_6),
    price("gpt-5.6-sol", LONG, 4_000, 20_000, OPENAI_5_6),
    price("gpt-5.6-terra", LONG, 2_000, 12_000, OPENAI_5_6),
    price("gpt-5.6-luna", LONG, 200, 1_200, OPENAI_5_6),
    price("gpt-5.5", LONG, 5_000, 30_000, OPENAI_5),
    price("gpt-5.4", LONG, 2_500, 15_000, OPENAI_5),
    price("gpt-5.4-mini", LONG, 750, 4_500, OPENAI_5),
    // What holds from 2027 on: half of it is charged until then, and too much is the safer guess.
    price("gemini-3.8-flash", ANY, 1_500, 7_500, GEMINI),
    price("gemini-3.5-flash", ANY, 1_500, 9_000, GEMINI),
    price("gemini-3.5-flash-lite", ANY, 300, 2_500, GEMINI),
    price("gemini-3.1-pro-preview", 200_000, 2_000, 12_000, GEMINI),
    price("gemini-3.1-pro-preview", ANY, 4_000, 18_000, GEMINI),
];

/// What a reply cost, in millionths of a dollar, rounded up; `None` when the model's price is not known. Takes names as
/// vendors and gateways write them: `claude-sonnet-4-5-20250929`, `anthropic/claude-sonnet-4.5`.
#[must_use]
pub fn cost(model: &str, tokens_in: u64, tokens_out: u64) -> Option<u64> {
    let name = model.rsplit('/').next().unwrap_or(model).replace('.', "-");
    let price = PRICES.iter().find(|price| is_called(&name, price.model) && tokens_in <= price.up_to)?;
    let billionths =
        u128::from(tokens_in) * u128::from(price.each_in) + u128::from(tokens_out) * u128::from(price.each_out);
    u64::try_from(billionths.div_ceil(1_000)).ok()
}

/// The name itself, or a dated version of it.
fn is_called(name: &str, model: &str) -> bool {
    let Some(rest) = name.strip_prefix(model.replace('.', "-").as_str()) else { return false };
    let is_date = |date: &str| {
        let digits = date.chars().filter(char::is_ascii_digit).count();
        digits == 8 && date.chars().all(|c| c.is_ascii_digit() || c == '-')
    };
    rest.is_empty() || rest.strip_prefix('-').is_some_and(|rest| rest == "latest" || is_date(rest))
}

#[cfg(test)]
mod tests;
