//! Lucide icons, compiled into the page.

use contract::Kind;
use leptos::prelude::*;

macro_rules! glyphs {
    ($($name:ident $file:literal;)*) => {
        /// An icon by its name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the names are Lucide's")]
        pub enum Glyph { $($name),* }
        impl Glyph {
            pub(crate) fn svg(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("../../icons/", $file, ".svg"))),* }
            }
        }
    };
}

glyphs! {
    Activity "activity";
    Archive "archive";
    ArchiveRestore "archive-restore";
    ArrowDown "arrow-down";
    ArrowLeft "arrow-left";
    ArrowRight "arrow-right";
    ArrowUp "arrow-up";
    ArrowUpDown "arrow-up-down";
    Ban "ban";
    Braces "braces";
    Building2 "building-2";
    Calendar "calendar";
    CalendarDays "calendar-days";
    Check "check";
    ChevronDown "chevron-down";
    ChevronLeft "chevron-left";
    ChevronRight "chevron-right";
    ChevronUp "chevron-up";
    ChevronsUpDown "chevrons-up-down";
    Circle "circle";
    CircleAlert "circle-alert";
    CircleCheck "circle-check";
    CircleDot "circle-dot";
    CircleHelp "circle-help";
    CirclePause "circle-pause";
    Clock "clock";
    Cloud "cloud";
    CloudAlert "cloud-alert";
    CloudOff "cloud-off";
    CloudUpload "cloud-upload";
    Columns3 "columns-3";
    Copy "copy";
    CornerDownLeft "corner-down-left";
    Database "database";
    Ellipsis "ellipsis";
    EllipsisVertical "ellipsis-vertical";
    ExternalLink "external-link";
    Eye "eye";
    File "file";
    FileText "file-text";
    Filter "filter";
    Flag "flag";
    Folder "folder";
    FolderKanban "folder-kanban";
    FolderOpen "folder-open";
    GitBranch "git-branch";
    GitCompareArrows "git-compare-arrows";
    GripVertical "grip-vertical";
    Hand "hand";
    HardDrive "hard-drive";
    Hash "hash";
    History "history";
    Image "image";
    ImageOff "image-off";
    Inbox "inbox";
    Info "info";
    KeyRound "key-round";
    Keyboard "keyboard";
    Layers "layers";
    Link "link";
    ListChecks "list-checks";
    ListTodo "list-todo";
    ListTree "list-tree";
    LoaderCircle "loader-circle";
    Lock "lock";
    LockOpen "lock-open";
    LogIn "log-in";
    LogOut "log-out";
    Map "map";
    Maximize "maximize";
    MessageCircle "message-circle";
    MessageSquare "message-square";
    MessagesSquare "messages-square";
    Minus "minus";
    Monitor "monitor";
    Moon "moon";
    MousePointer2 "mouse-pointer-2";
    MoveRight "move-right";
    PanelRight "panel-right";
    PanelRightClose "panel-right-close";
    Paperclip "paperclip";
    Pause "pause";
    Pencil "pencil";
    Pin "pin";
    PinOff "pin-off";
    Play "play";
    Plug "plug";
    Plus "plus";
    Redo2 "redo-2";
    RefreshCw "refresh-cw";
    Repeat "repeat";
    Search "search";
    Send "send";
    Settings "settings";
    ShieldCheck "shield-check";
    Sparkles "sparkles";
    Split "split";
    Square "square";
    SquareCheck "square-check";
    SquareKanban "square-kanban";
    SquarePen "square-pen";
    Star "star";
    StickyNote "sticky-note";
    Sun "sun";
    Timer "timer";
    Trash2 "trash-2";
    TriangleAlert "triangle-alert";
    Undo2 "undo-2";
    Unplug "unplug";
    User "user";
    Users "users";
    WifiOff "wifi-off";
    X "x";
    Zap "zap";
}

/// An icon of 16 pixels in the colour of hints. It says nothing to a screen reader: the control beside it does.
#[component]
pub fn Icon(
    /// Which.
    #[prop(into)]
    glyph: Signal<Glyph>,
) -> impl IntoView {
    view! { <span class="icon" aria-hidden="true" inner_html=move || glyph.get().svg()></span> }
}

/// The icon of a kind of item.
#[must_use]
pub fn kind_glyph(kind: Kind) -> Glyph {
    match kind {
        Kind::TodoSet | Kind::TodoList | Kind::TodoGroup => Glyph::ListTodo,
        Kind::Todo | Kind::Step => Glyph::CircleCheck,
        Kind::CardTable => Glyph::SquareKanban,
        Kind::TriageColumn | Kind::NotNowColumn | Kind::Column | Kind::DoneColumn | Kind::OnHoldColumn => {
            Glyph::Columns3
        }
        Kind::Card => Glyph::SquareKanban,
        Kind::MessageBoard | Kind::Message => Glyph::MessageSquare,
        Kind::Comment => Glyph::MessageCircle,
        Kind::Vault => Glyph::Folder,
        Kind::Document => Glyph::FileText,
        Kind::Upload => Glyph::Paperclip,
        Kind::Schedule | Kind::ScheduleEntry => Glyph::CalendarDays,
        Kind::Questionnaire | Kind::Question | Kind::Answer => Glyph::CircleHelp,
        Kind::Campfire | Kind::ChatLine => Glyph::MessagesSquare,
        Kind::TimeEntry => Glyph::Timer,
    }
}
