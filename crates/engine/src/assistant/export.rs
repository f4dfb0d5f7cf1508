//! A conversation written out: for people as Markdown, for programs with everything that is kept of it.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use contract::{CallId, CallView, Conversation, ExportFormat, Exported, Fault, Item, Line, Reason, TurnUse};
use serde_json::json;

/// Writes it out.
///
/// # Errors
/// When it cannot be written as JSON, which no conversation causes.
pub(crate) fn export(
    conversation: &Conversation,
    lines: &[Line],
    calls: &[CallView],
    outputs: &HashMap<CallId, String>,
    uses: &[TurnUse],
    format: ExportFormat,
) -> Result<Exported, Fault> {
    let (text, ending) = match format {
        ExportFormat::Markdown => (markdown(conversation, lines, calls), "md"),
        ExportFormat::Json => {
            let outputs: BTreeMap<_, _> = outputs.iter().map(|(call, text)| (call.to_string(), text)).collect();
            let whole = json!({
                "conversation": conversation, "lines": lines, "calls": calls, "outputs": outputs, "turns": uses,
            });
            (format!("{whole:#}\n"), "json")
        }
    };
    let words: String = conversation.title.chars().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-').collect();
    let words = words.split_whitespace().take(8).collect::<Vec<_>>().join("-").to_lowercase();
    let name = if words.is_empty() { format!("conversation-{}", conversation.id) } else { words };
    Ok(Exported { name: format!("{name}.{ending}"), text })
}

fn markdown(conversation: &Conversation, lines: &[Line], calls: &[CallView]) -> String {
    let mut text = format!("# {}\n", conversation.title);
    for line in lines {
        let at = line.at.strftime("%Y-%m-%d %H:%M UTC");
        // Writing into a string does not fail.
        let _ = match &line.item {
            Item::Said { text: said, .. } => write!(text, "\n**You**, {at}\n\n{said}\n"),
            Item::Answered { text: said, calls: made, cut_short, sealed: _ } => {
                let mut answer = format!("\n**Assistant**, {at}\n");
                if !said.is_empty() {
                    let _ = write!(answer, "\n{said}{}\n", if *cut_short { " … (interrupted)" } else { "" });
                }
                for call in made {
                    let view = calls.iter().find(|view| view.call.id == call.id);
                    let title = view.map_or(call.tool.as_str(), |view| view.title.as_str());
                    let state = view.map_or(String::new(), |view| format!(" ({})", word(view)));
                    let _ = write!(answer, "\n- `{}` {title}{state}", call.tool);
                }
                if !made.is_empty() {
                    answer.push('\n');
                }
                write!(text, "{answer}")
            }
            Item::Result { .. } => Ok(()),
            Item::Ended { reason } => write!(text, "\n*{}*\n", ended(reason)),
        };
    }
    text
}

fn word(view: &CallView) -> &'static str {
    match view.state {
        contract::CallState::Asked => "waits for a decision",
        contract::CallState::Ready | contract::CallState::Running => "under way",
        contract::CallState::Returned => "done",
        contract::CallState::Failed => "did not work",
        contract::CallState::Denied => "denied",
        contract::CallState::Cancelled => "cancelled",
    }
}

fn ended(reason: &Reason) -> String {
    match reason {
        Reason::Stopped => "Stopped.".into(),
        Reason::Steps(most) => format!("It ended after {most} steps, the most for one turn."),
        Reason::Tokens(most) => format!("It ended after {most} tokens, the most for one turn."),
        Reason::Money(most) => format!("It ended at {} cents, the most for one turn.", most / 10_000),
        Reason::Time(most) => format!("It ended after {most} seconds, the most for one turn."),
        Reason::Repeats(tool) => format!("It ended because `{tool}` was called the same way again and again."),
        Reason::Broke(why) => why.clone(),
    }
}
