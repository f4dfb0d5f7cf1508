//! How much a model takes at once, as far as it is known from its name.

use contract::Vendor;

/// The most that one request may hold, in tokens. Where nothing is known it is less than any model in use takes.
pub(super) fn window(vendor: Vendor, model: &str) -> u64 {
    let name = model.rsplit('/').next().unwrap_or(model);
    let is = |family: &str| name.starts_with(family);
    match vendor {
        // It depends on how the server was started, and a server does not tell; what is beyond it is dropped silently.
        Vendor::Ollama => 16_000,
        Vendor::Anthropic => 200_000,
        Vendor::Gemini => 1_000_000,
        Vendor::Openai | Vendor::Openrouter | Vendor::Compatible => {
            if is("gemini") || is("gpt-4.1") {
                1_000_000
            } else if is("gpt-5") || is("gpt-6") {
                272_000
            } else if is("claude") || is("o3") || is("o4") {
                200_000
            } else if is("gpt-4o") || vendor == Vendor::Openrouter {
                128_000
            } else {
                32_000
            }
        }
    }
}
