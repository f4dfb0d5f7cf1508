//! The list of automations: sifted, sorted, gone through by the keyboard.

use contract::FlowSummary;
use contract::commands::{Flows, ListFlows};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::begin::{Begin, BeginDialog, Examples};
use super::connections::ConnectionsDialog;
use super::deeds::{Deeds, FlowDialogs, FlowMenu};
use super::line::{FlowLine, HEIGHT};
use super::order::{Folder, Wish, arrange, folders, places, sorts, stands};
use super::server::{ServerDialog, ServerMark};
use super::tables::TablesDialog;
use crate::parts::{Button, ButtonKind, Empty, Glyph, Icon, Loaded, Select, Show, VirtualList, is_typing, point_under};
use crate::say;
use crate::state::{Query, Route, Router, memo, use_query};

/// The screen.
#[component]
pub fn AutomationsPage() -> impl IntoView {
    let list = use_query(|| Some(ListFlows {}));
    let wish = RwSignal::new(Wish::default());
    let (begin, deeds) = (Begin::new(), Deeds::new());
    let (connections, server, tables) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let count = move || list.value.with(|list| list.as_ref().map(Vec::len));
    let all_folders = memo(move || list.value.with(|list| folders(list.as_deref().unwrap_or_default())));
    let new = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let held = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() != "n" || held || event.default_prevented() || is_typing() || is_over() {
            return;
        }
        event.prevent_default();
        begin.show();
    });
    on_cleanup(move || new.remove());
    view! {
        <section class="screen tight automations" aria-labelledby="automations-title">
            <header class="screen-head">
                <h1 id="automations-title">{say::automations::title()}</h1>
                <small class="num">{count}</small>
                <span class="grow"></span>
                <ServerMark open=server/>
                <Button glyph=Glyph::Columns3 on_click=move |_| tables.set(true)>{say::automations::tables()}</Button>
                <Button glyph=Glyph::Plug on_click=move |_| connections.set(true)>{say::automations::connections()}</Button>
                <Button kind=ButtonKind::Primary glyph=Glyph::Plus on_click=move |_| begin.show()>{say::automations::new_automation()}</Button>
            </header>
            <Loaded query=list>
                <Show when=move || list.value.with(|list| list.as_ref().is_some_and(|list| !list.is_empty())) fallback=move || view! { <Nothing begin/> }>
                    <Filters wish all_folders/>
                    <Rows list wish deeds/>
                </Show>
            </Loaded>
            <FlowMenu deeds/>
            <FlowDialogs deeds folders=all_folders/>
            <BeginDialog begin/>
            <ConnectionsDialog open=connections/>
            <TablesDialog open=tables/>
            <ServerDialog open=server/>
        </section>
    }
}

/// Something lies over the screen and has the keyboard.
fn is_over() -> bool {
    document().query_selector("[aria-modal], .picker").ok().flatten().is_some()
}

/// No automation yet: three to start from.
#[component]
fn Nothing(begin: Begin) -> impl IntoView {
    view! {
        <div class="automations-none">
            <Empty glyph=Glyph::Zap title=say::automations::none_yet()
                text=say::automations::none_yet_text()
                action=say::automations::new_automation() on_action=move |()| begin.show()/>
            <h2 class="section-head">{say::automations::start_from_example()}</h2>
            <Examples begin/>
        </div>
    }
}

#[component]
fn Filters(wish: RwSignal<Wish>, all_folders: Memo<Vec<String>>) -> impl IntoView {
    // The empty value stands for any folder; a folder's is marked, so that none can be mistaken for it.
    let options = Signal::derive(move || {
        let mut options = vec![
            (String::new(), say::automations::any_folder().to_owned()),
            ("=".to_owned(), say::automations::in_no_folder().to_owned()),
        ];
        all_folders.with(|folders| options.extend(folders.iter().map(|name| (format!("={name}"), name.clone()))));
        options
    });
    let folder = Signal::derive(move || {
        wish.with(|wish| match &wish.folder {
            Folder::Any => String::new(),
            Folder::This(name) => format!("={name}"),
        })
    });
    let pick_folder = move |value: String| {
        let folder = value.strip_prefix('=').map_or(Folder::Any, |name| Folder::This(name.to_owned()));
        wish.update(|wish| wish.folder = folder);
    };
    let search = NodeRef::<html::Input>::new();
    view! {
        <div class="automations-filters">
            <label class="narrow">
                <span class="aside-label">{say::automations::search()}</span>
                <Icon glyph=Glyph::Search/>
                <input type="search" placeholder=say::automations::search() autocomplete="off" spellcheck="false" node_ref=search
                    prop:value=move || wish.with(|wish| wish.words.clone())
                    on:input=move |event| wish.update(|wish| wish.words = event_target_value(&event))
                    on:keydown=move |event| if event.key() == "Escape" { wish.update(|wish| wish.words.clear()) }/>
            </label>
            <Show when=move || all_folders.with(|folders| !folders.is_empty())>
                <Select bare=true label=say::automations::folder() options value=folder on_change=pick_folder/>
            </Show>
            <Select bare=true label=say::automations::state() options=Signal::stored(stands()) value=Signal::derive(move || wish.with(|wish| wish.stand.word().to_owned()))
                on_change=move |word: String| wish.update(|wish| wish.choose_stand(&word))/>
            <Select bare=true label=say::automations::where_it_runs() options=Signal::stored(places()) value=Signal::derive(move || wish.with(|wish| wish.place.word().to_owned()))
                on_change=move |word: String| wish.update(|wish| wish.choose_place(&word))/>
            <span class="grow"></span>
            <Select bare=true label=say::automations::sort() options=Signal::stored(sorts()) value=Signal::derive(move || wish.with(|wish| wish.sort.word().to_owned()))
                on_change=move |word: String| wish.update(|wish| wish.choose_sort(&word))/>
        </div>
    }
}

#[component]
fn Rows(list: Query<Flows>, wish: RwSignal<Wish>, deeds: Deeds) -> impl IntoView {
    let router = Router::expect();
    let flows =
        memo(move || list.value.with(|list| wish.with(|wish| arrange(list.as_deref().unwrap_or_default(), wish))));
    let count = Signal::derive(move || flows.with(Vec::len));
    let current = RwSignal::new(0_usize);
    let at = move |index: usize| flows.with_untracked(|flows| flows.get(index).cloned());
    let now = move || at(current.get_untracked().min(count.get_untracked().saturating_sub(1)));
    let render = Callback::new(move |index: usize| {
        let flow = memo(move || flows.with(|flows| flows.get(index).cloned()));
        (move || flow.get().map(|flow: FlowSummary| view! { <FlowLine flow menu=deeds.menu/> })).into_any()
    });
    let open = move |index: usize| {
        if let Some(flow) = at(index) {
            router.go(Route::Automation(flow.id));
        }
    };
    let offer = Callback::new(move |index: usize| {
        if let Some(flow) = at(index) {
            deeds.menu.set(Some((flow, point_under(&format!("row-{index}")))));
        }
    });
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Delete"
            && !event.default_prevented()
            && !is_typing()
            && let Some(flow) = now()
        {
            event.prevent_default();
            deeds.ask_delete(flow);
        }
    };
    view! {
        <Show when=move || { count.get() > 0 } fallback=move || view! {
            <Empty glyph=Glyph::Search title=say::automations::none_fits() text=say::automations::none_fits_text()
                action=say::automations::show_all() on_action=move |()| wish.update(|wish| *wish = Wish { sort: wish.sort, ..Wish::default() })/>
        }>
            <div class="flow-list" on:keydown=keys>
                <div class="flow-line heads" aria-hidden="true">
                    <span></span><span>{say::automations::automation()}</span><span class="flow-place">{say::automations::place()}</span><span class="flow-last">{say::automations::last_run()}</span>
                    <span class="flow-rate">{say::automations::week_and_fortnight()}</span><span class="flow-owner">{say::automations::made_by()}</span><span></span>
                </div>
                <VirtualList label=say::automations::title() count row_height=HEIGHT current render on_open=open on_act=offer/>
            </div>
        </Show>
    }
}
