//! The form that connects a model, or changes how one is reached. What was typed stays until it worked or was cancelled.

use contract::commands::ConnectModel;
use contract::{Code, ModelEntry, ModelId, VaultPlace, VaultStatus, Vendor};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::super::Section;
use super::connect::{Asked, FIELDS, Typed, VENDORS, of, vendor_of};
use super::model_words::{key_hint, name, no_vault};
use crate::parts::{Button, ButtonKind, Field, FieldKind, Select, Show};
use crate::say;
use crate::state::{Act, Session, Toasts, effect, memo, use_command};
use crate::welcome::sign_in::{FormFault, wrong};

/// What stands in the form. It outlives the dialog, so that one may look after the secrets and come back.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The form is in view.
    pub(super) open: RwSignal<bool>,
    /// The model that is changed; `None` for one that is connected.
    pub(super) before: RwSignal<Option<ModelEntry>>,
    vendor: RwSignal<Vendor>,
    model: RwSignal<String>,
    label: RwSignal<String>,
    base: RwSignal<String>,
    key: RwSignal<String>,
    fallback: RwSignal<Option<ModelId>>,
    connect: Act<ConnectModel>,
}

impl Draft {
    /// An empty one.
    pub(super) fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            open: RwSignal::new(false),
            before: RwSignal::new(None),
            vendor: RwSignal::new(Vendor::Anthropic),
            model: text(),
            label: text(),
            base: text(),
            key: text(),
            fallback: RwSignal::new(None),
            connect: use_command::<ConnectModel>().quiet(),
        }
    }
    /// Shows the form for one more model, with what was typed before.
    pub(super) fn begin(self) {
        if self.before.with_untracked(Option::is_some) {
            self.clear();
        }
        self.open.set(true);
    }
    /// Shows the form for a model that is connected.
    pub(super) fn edit(self, model: ModelEntry) {
        let resumed = self.before.with_untracked(|before| before.as_ref() == Some(&model));
        if !resumed {
            self.clear();
            self.vendor.set(model.vendor.unwrap_or(Vendor::Compatible));
            self.model.set(model.model.clone());
            if model.label != model.model {
                self.label.set(model.label.clone());
            }
            self.base.set(model.base.clone());
            self.fallback.set(model.fallback);
            self.before.set(Some(model));
        }
        self.open.set(true);
    }
    fn clear(self) {
        self.before.try_set(None);
        self.vendor.try_set(Vendor::Anthropic);
        for text in [self.model, self.label, self.base, self.key] {
            text.try_set(String::new());
        }
        self.fallback.try_set(None);
        self.connect.fault.try_set(None);
    }
    /// What stands in it. Tracks.
    fn typed(self) -> Typed {
        Typed {
            before: self.before.get(),
            vendor: self.vendor.get(),
            model: self.model.get(),
            label: self.label.get(),
            base: self.base.get(),
            key: self.key.get(),
            fallback: self.fallback.get(),
        }
    }
}

/// The form.
#[component]
pub(super) fn ModelForm(draft: Draft, models: Memo<Vec<ModelEntry>>) -> impl IntoView {
    let toasts = Toasts::expect();
    let form = NodeRef::<html::Form>::new();
    let connect = draft.connect;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = untrack(|| draft.typed());
        if let Some(flaw) = typed.flaw() {
            connect.fault.set(Some(flaw));
            return;
        }
        let called = if typed.label.trim().is_empty() { typed.model.trim() } else { typed.label.trim() }.to_owned();
        let changed = typed.before.is_some();
        connect.run_then(typed.command(), move |_| {
            draft.open.try_set(false);
            draft.clear();
            let done =
                if changed { say::settings::model_changed(&called) } else { say::settings::model_connected(&called) };
            toasts.note(done);
        });
    };
    // The keyboard goes to the first field that is wrong.
    effect(move || {
        if connect.fault.with(Option::is_some) {
            request_animation_frame(move || {
                let wrong = form
                    .try_get_untracked()
                    .flatten()
                    .and_then(|form| form.query_selector("[aria-invalid]").ok().flatten());
                if let Some(field) = wrong.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                    let _ = field.focus();
                }
            });
        }
    });
    let cancel = move |_| {
        draft.open.set(false);
        draft.clear();
    };
    let vendors = VENDORS.map(|vendor| (of(vendor).word.to_owned(), of(vendor).name.to_owned())).to_vec();
    let pick = move |word: String| {
        if let Some(vendor) = vendor_of(&word) {
            connect.fault.set(None);
            draft.vendor.set(vendor);
        }
    };
    let others = Signal::derive(move || {
        let mine = draft.before.with(|before| before.as_ref().map(|before| before.id));
        let none = std::iter::once((String::new(), say::settings::no_other().to_owned()));
        models.with(|models| {
            let others = models.iter().filter(|model| Some(model.id) != mine);
            none.chain(others.map(|model| (model.id.to_string(), name(model).to_owned()))).collect::<Vec<_>>()
        })
    });
    let fallback = Signal::derive(move || draft.fallback.get().map(|id| id.to_string()).unwrap_or_default());
    let fallback_wrong = wrong(connect, "fallback");
    let action =
        if draft.before.with_untracked(Option::is_some) { say::settings::save() } else { say::settings::connect() };
    view! {
        <form class="form" on:submit=submit node_ref=form>
            <Select label=say::settings::who_runs() options=Signal::stored(vendors) on_change=pick
                value=Signal::derive(move || of(draft.vendor.get()).word.to_owned())/>
            {move || view! { <VendorFields draft vendor=draft.vendor.get()/> }}
            <Field label=say::settings::name_here() value=draft.label placeholder=say::settings::as_model() hint=say::settings::as_model_hint()/>
            <div class="field">
                <Select label=say::settings::when_overloaded() options=others value=fallback
                    on_change=move |id: String| draft.fallback.set(id.parse().ok())/>
                <Show when=move || fallback_wrong.with(|wrong| !wrong.is_empty())>
                    <span class="field-wrong" role="alert">{move || fallback_wrong.get()}</span>
                </Show>
            </div>
            <FormFault act=connect fields=FIELDS/>
            <NoVault draft/>
            <div class="dialog-foot">
                <Button on_click=cancel>{say::settings::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=connect.busy on_click=|_| ()>{action}</Button>
            </div>
        </form>
    }
}

/// The fields that are not the same for every vendor.
#[component]
fn VendorFields(draft: Draft, vendor: Vendor) -> impl IntoView {
    let session = Session::expect();
    let about = of(vendor);
    let place = memo(move || {
        session.status.with(|status| status.as_ref().map_or(VaultPlace::Undecided, |status| status.vault.place))
    });
    let connect = draft.connect;
    let key_says = Signal::derive(move || key_hint(&draft.typed(), place.get()));
    let address_says = match about.address {
        Asked::Needed => say::settings::plain_http(),
        Asked::Offered => say::settings::address_own(),
        Asked::Folded => say::settings::address_vendor(),
    };
    let address = view! {
        <Field label=say::settings::address() value=draft.base placeholder=about.address_example hint=address_says wrong=wrong(connect, "base")/>
    };
    let key = view! { <Field label=say::settings::key() value=draft.key kind=FieldKind::Secret hint=key_says wrong=wrong(connect, "key")/> };
    view! {
        <Field label=say::settings::model() value=draft.model placeholder=say::settings::for_example(about.example) hint=about.help
            wrong=wrong(connect, "model")/>
        {folded(about.address, say::settings::other_address(), draft.base, wrong(connect, "base"), address)}
        {folded(about.key, say::settings::give_key(), draft.key, wrong(connect, "key"), key)}
    }
}

/// A field in view, or folded away where few need it. It unfolds when something stands in it or is wrong with it.
fn folded(
    asked: Asked,
    words: &'static str,
    value: RwSignal<String>,
    wrong: Signal<String>,
    field: impl IntoView + 'static,
) -> AnyView {
    match asked {
        Asked::Needed | Asked::Offered => field.into_any(),
        Asked::Folded => {
            let open = RwSignal::new(value.with_untracked(|value| !value.is_empty()));
            effect(move || {
                if wrong.with(|wrong| !wrong.is_empty()) {
                    open.set(true);
                }
            });
            view! {
                <details class="advanced" open=move || open.get()
                    on:toggle=move |event| open.set(event_target::<HtmlElement>(&event).has_attribute("open"))>
                    <summary>{words}</summary>
                    {field}
                </details>
            }
            .into_any()
        }
    }
}

/// Where a key is to be kept and there is no place for it: why, and the way to mend it.
#[component]
fn NoVault(draft: Draft) -> impl IntoView {
    let session = Session::expect();
    let connect = draft.connect;
    let why = memo(move || {
        let status = |vault: &VaultStatus| no_vault(vault);
        session.status.with(|all| all.as_ref().and_then(|all| status(&all.vault)))
    });
    let matters = memo(move || {
        let refused = connect.fault.with(|fault| fault.as_ref().is_some_and(|fault| fault.code == Code::VaultLocked));
        let typed = draft.typed();
        refused || typed.wants_key() || !typed.key.trim().is_empty()
    });
    let go = move |_| {
        draft.open.set(false);
        request_animation_frame(|| Section::Secrets.go());
    };
    move || {
        let why = why.get().filter(|_| matters.get())?;
        Some(view! {
            <div class="form-note vault-note" role="status">
                <span class="grow">{why}</span>
                <Button on_click=go>{say::settings::go_to_secrets()}</Button>
            </div>
        })
    }
}
