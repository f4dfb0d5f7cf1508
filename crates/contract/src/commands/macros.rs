//! The macro that turns the table into types.

/// Declares the table: one line a command, `"name" Input -> Reply : Effect [, tool [quiet | telling | sometimes]]
/// [; provides […]] [; invalidates […]] ;`. `app` lines need no workspace, `workspace` lines do. `sometimes` asks the input,
/// which has a method `reaches_others`.
macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $scope:ident $name:literal $input:ident -> $reply:ty : $effect:ident
        $(, $tool:ident $($tells:ident)?)? $(; provides [$($provides:ident),*])? $(; invalidates [$($invalidates:ident),*])? ;)*) => {
        $(impl $crate::Command for $input {
            const NAME: &'static str = $name;
            const EFFECT: $crate::Effect = $crate::Effect::$effect;
            const PROVIDES: &'static [$crate::Tag] = &[$($($crate::Tag::$provides),*)?];
            const TELLS: $crate::Tells =
                commands!(@audience [$($($tells)?)?] $crate::Effect::$effect, commands!(@tool $($tool)?));
            type Reply = $reply;
            fn tells(&self) -> bool {
                commands!(@tells [$($($tells)?)?] self)
            }
        })*

        /// Every command, in the order of the documentation.
        pub const TABLE: &[$crate::CommandInfo] = &[$($crate::CommandInfo {
            name: $name,
            summary: concat!($($doc),+).trim_ascii(),
            effect: $crate::Effect::$effect,
            tool: commands!(@tool $($tool)?),
            tells: <$input as $crate::Command>::TELLS,
            in_workspace: commands!(@scope $scope),
            provides: &[$($($crate::Tag::$provides),*)?],
            invalidates: &[$($($crate::Tag::$invalidates),*)?],
            #[cfg(feature = "schema")]
            input: || schemars::schema_for!($input),
            #[cfg(feature = "schema")]
            reply: || schemars::schema_for!($reply),
        }),*];

        /// Calls `$then!` with every input type, so that a table which must be total is generated, never kept by hand.
        #[macro_export]
        macro_rules! for_each_command { ($then:ident) => { $then! { $($input)* } } }
    };
    (@tool tool) => { true };
    (@tool) => { false };
    (@audience [] $effect:expr, $tool:expr) => { $crate::Tells::unsaid($effect, $tool) };
    (@audience [quiet] $effect:expr, $tool:expr) => { $crate::Tells::Nobody };
    (@audience [telling] $effect:expr, $tool:expr) => { $crate::Tells::Others };
    (@audience [sometimes] $effect:expr, $tool:expr) => { $crate::Tells::Sometimes };
    (@tells [telling] $input:ident) => { true };
    (@tells [sometimes] $input:ident) => { $input.reaches_others() };
    (@tells [$($quiet:ident)?] $input:ident) => { false };
    (@scope app) => { false };
    (@scope workspace) => { true };
}
pub(crate) use commands;
