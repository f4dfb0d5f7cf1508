//! The macro that turns the table into types.

/// Declares the table: one line a command, `"name" Input -> Reply : Effect [, tool] [, provides […]] [, invalidates […]] ;`.
/// `app` lines need no workspace, `workspace` lines do.
macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $scope:ident $name:literal $input:ident -> $reply:ty : $effect:ident
        $(, $tool:ident)? $(; provides [$($provides:ident),*])? $(; invalidates [$($invalidates:ident),*])? ;)*) => {
        $(impl $crate::Command for $input {
            const NAME: &'static str = $name;
            const EFFECT: $crate::Effect = $crate::Effect::$effect;
            const PROVIDES: &'static [$crate::Tag] = &[$($($crate::Tag::$provides),*)?];
            type Reply = $reply;
        })*

        /// Every command, in the order of the documentation.
        pub const TABLE: &[$crate::CommandInfo] = &[$($crate::CommandInfo {
            name: $name,
            summary: concat!($($doc),+).trim_ascii(),
            effect: $crate::Effect::$effect,
            tool: commands!(@tool $($tool)?),
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
    (@scope app) => { false };
    (@scope workspace) => { true };
}
pub(crate) use commands;
