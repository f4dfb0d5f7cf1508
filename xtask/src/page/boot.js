// Starts the page. A failure here is the one that the page cannot tell of itself.
const kept = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};
const asset = (name) => new URL(name, import.meta.url);
const read = (answer) => {
  if (answer.ok) return answer.text();
  throw new Error(`the words of the page are missing (${answer.status})`);
};

// Asked for beside the wasm, which waits for them (`ui/src/say/load.rs`): in the language that was spoken last, or else the system's.
const language = kept("language") ?? navigator.language ?? "en";
const text = fetch(asset(/^de\b/i.test(language) ? "de.ftl" : "en.ftl")).then(read);
globalThis.pageWords = { language, text };

// The theme that was chosen last, from the first frame on (`ui/src/state/theme.rs`).
const dark = (kept("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
document.documentElement.dataset.theme = dark ? "dark" : "light";

// Words that are laid out before their font is there are laid out twice, and the first time with fonts that the system must look for.
document.fonts.load("1em Inter").catch(() => {});

const fail = (error) => {
  const note = document.createElement("p");
  note.id = "no-page";
  note.textContent = `The page could not start: ${error}. Restart PM OS; if that does not help, install it again.`;
  document.body.replaceChildren(note);
  throw error;
};

// What the first screen is made of, asked for while the program is still on its way. The program takes each answer once, and
// none that may be out of date (`ui/src/bridge/ahead.rs`).
const ahead = new Map();
globalThis.pageAhead = ahead;
const ask = (name, workspace, payload) => {
  const answer = globalThis.__TAURI__.core.invoke("rpc", { name, workspace, payload });
  ahead.set(`${name} ${workspace ?? ""} ${payload}`, answer);
  return answer;
};
const askAhead = async () => {
  const status = JSON.parse(new TextDecoder().decode(await ask("app.status", null, "{}")));
  const open = status.Ok?.workspaces[0]?.id;
  if (open === undefined) return;
  const asked = [ask("directory.show", String(open), "{}")];
  if (/^#?\/?$/.test(location.hash)) asked.push(ask("today.show", String(open), "{\"limit\":10}"));
  await Promise.all(asked);
};

const start = () => {
  // Whatever goes wrong here goes wrong for the program as well, which tells the person.
  if (globalThis.__TAURI__) askAhead().catch(() => {});
  const program = fetch(asset("page_bg.wasm"));
  const page = import("./page.js").then(({ default: start }) => start({ module_or_path: program }));
  return Promise.all([page, text]);
};

// The quick chat's window is made beforehand, and hidden. The program behind it would take a tenth of all memory at rest, so
// until somebody looks at it for the first time, its page is one field. The program takes over what was typed meanwhile, and
// whether Enter was pressed (`ui/src/quick/first.rs`).
const first = (words) => {
  const say = (name) => words.match(new RegExp(`^${name} = (.+)$`, "m"))?.[1] ?? "";
  const make = (name, parent, kind) => parent.appendChild(Object.assign(document.createElement(name), { className: kind }));
  const page = make("div", document.body, "quick quick-first");
  const field = make("textarea", make("div", make("div", page, "chat-write"), "chat-field"), "");
  make("div", page, "quick-foot");
  Object.assign(field, { id: "quick-first", rows: 1, placeholder: say("chat-ask"), ariaLabel: say("chat-message") });
  field.addEventListener("keydown", (event) => {
    // 229 is what some engines say of the key that ends a composition.
    if (event.isComposing || event.keyCode === 229 || event.shiftKey || event.altKey) return;
    if (event.key === "Escape") globalThis.__TAURI__?.core.invoke("quick_hide");
    if (event.key !== "Enter") return;
    event.preventDefault();
    field.readOnly = field.value.trim() !== "";
  });
  field.addEventListener("compositionstart", () => (field.dataset.composing = ""));
  field.addEventListener("compositionend", () => delete field.dataset.composing);
  return field;
};
const begin = () => start().catch(fail);
if (location.hash === "#/quick" && document.hidden) {
  text.then((words) => {
    const field = first(words);
    const until = new AbortController();
    const seen = () => {
      if (document.hidden) return;
      until.abort();
      field.focus();
      begin();
    };
    const renew = () => location.reload();
    document.addEventListener("visibilitychange", seen, { signal: until.signal });
    // Another language or theme was chosen in the main window, or in the system.
    addEventListener("storage", ({ key }) => ["language", "theme"].includes(key) && renew(), { signal: until.signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", renew, { signal: until.signal });
    // It may have been shown before the words were there.
    seen();
  }, fail);
} else {
  begin();
}
