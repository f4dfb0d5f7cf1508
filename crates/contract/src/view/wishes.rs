//! What the person chose about how the app looks and when it speaks, and how far its set-up has come.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// How far ink stands out from its ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Contrast {
    /// As the system asks for it.
    #[default]
    System,
    /// Darker ink and stronger lines.
    Higher,
}

/// How much room a row takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Density {
    /// Room to aim.
    #[default]
    Comfortable,
    /// More rows on the screen.
    Compact,
}

/// How large words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TextSize {
    /// A little smaller.
    Small,
    /// The usual size.
    #[default]
    Usual,
    /// A little larger.
    Large,
    /// Larger still.
    Larger,
}

/// Which language the page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// The system's, where the page knows it; English elsewhere.
    #[default]
    System,
    /// English.
    English,
    /// German.
    German,
    /// English with accents and 40 % longer, made by the page: it shows what does not come from the messages, or is cut.
    Pseudo,
}

/// What a piece of news is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NewsKind {
    /// A decision waits for the person.
    Approval,
    /// The assistant has answered.
    Answer,
    /// An automation tells something.
    Automation,
    /// Something does not work and the person can mend it.
    Trouble,
}

impl NewsKind {
    /// Every kind, in the order of the settings.
    pub const ALL: [Self; 4] = [Self::Approval, Self::Answer, Self::Automation, Self::Trouble];
}

/// When the app tells nothing by itself. What came meanwhile stands in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// They are kept.
    pub on: bool,
    /// When they begin, in the person's zone.
    pub from: Time,
    /// When they end; earlier than `from` means on the next day.
    pub to: Time,
}

impl Default for QuietHours {
    fn default() -> Self {
        Self { on: false, from: Time::constant(19, 0, 0, 0), to: Time::constant(8, 0, 0, 0) }
    }
}

impl QuietHours {
    /// It is quiet at this time of day. The end is no longer quiet.
    #[must_use]
    pub fn covers(&self, time: Time) -> bool {
        self.on
            && if self.from <= self.to {
                self.from <= time && time < self.to
            } else {
                time >= self.from || time < self.to
            }
    }
}

/// A step of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SetupStep {
    /// Where the work is: Basecamp, or the sample.
    Work,
    /// Where automations run.
    Automations,
    /// Who answers in the chat.
    Assistant,
    /// All of it is tried.
    Ready,
}

/// How a step of the set-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Nobody has been there.
    #[default]
    Open,
    /// It was decided.
    Done,
    /// It was left for later.
    Skipped,
}

/// How far the set-up has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Setup {
    /// The step that the person was at when they last looked; `None` when they left the set-up.
    pub at: Option<SetupStep>,
    /// Where the work is.
    pub work: StepState,
    /// Where automations run.
    pub automations: StepState,
    /// Who answers.
    pub assistant: StepState,
    /// The tour of the sample has ended or was left: it does not come by itself again.
    pub toured: bool,
}
