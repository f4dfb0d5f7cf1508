//! A primitive per pattern. Screens are made of these and add no controls of their own.

mod avatar;
mod button;
mod checkbox;
mod chip;
pub mod day;
mod dialog;
mod each;
mod empty;
mod field;
mod focus;
mod icon;
mod json_tree;
mod menu;
pub mod moment;
pub mod number;
mod picker;
mod progress;
mod rich_text;
mod row_keys;
mod segments;
mod show;
mod sparkline;
mod task_row;
mod toast;
mod virtual_list;

pub use avatar::{Avatar, Faces, initials};
pub use button::{Button, ButtonKind, IconButton};
pub use checkbox::Checkbox;
pub(crate) use chip::modifier;
pub use chip::{Chip, Dot, Kbd, PendingMark, Tone};
pub use day::DayLabel;
pub use dialog::{Confirm, Dialog};
pub use each::Each;
pub use empty::{Empty, Loaded};
pub use field::{Field, FieldKind, Select};
pub use focus::{focus_first, is_typing, trap_tab};
pub use icon::{Glyph, Icon, kind_glyph};
pub use json_tree::JsonTree;
pub use menu::{Menu, MenuItem};
pub use moment::Moment;
pub use picker::{Choice, Picker, Point, point_of, point_under};
pub use progress::{ProgressBar, Spinner};
pub use rich_text::RichText;
pub use row_keys::use_row_keys;
pub use segments::Segments;
pub use show::Show;
pub use sparkline::Sparkline;
pub use task_row::{TaskRow, TickBox, row_key};
pub use toast::ToastArea;
pub use virtual_list::VirtualList;

#[cfg(test)]
mod tests;
