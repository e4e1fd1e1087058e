// A meeting's page that never loses what was pressed. Each act gets a key, is kept on this machine
// before it is sent, and is sent until the server has answered; the key makes twice once.
const root = document.getElementById("meeting");
const place = document.getElementById("room");
const data = root.dataset;
const clerk = "act" in data;
const own = `concord-meeting:${data.name}:${data.who}`;
const [QUEUE, REFUSED, TYPED, KEYS] = ["queue", "refused", "typed", "keys"].map((n) => `${own}:${n}`);
const page = Math.random().toString(36).slice(2); // which window of the browser this is

const read = (name, otherwise) => { try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; } };
const write = (name, value) => localStorage.setItem(name, JSON.stringify(value));
const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

// ---- what is shown: only the room changes, and nothing that somebody is typing is lost ----

function swap(html) {
  const open = new Set([...place.querySelectorAll("details[open]")].map((d) => d.id));
  const known = new Set([...place.querySelectorAll("details")].map((d) => d.id));
  const typed = [...place.querySelectorAll("input[id], textarea[id], select[id]")].filter(changed).map((f) => [f.id, f.type === "checkbox" ? f.checked : f.value]);
  const at = document.activeElement;
  const focus = place.contains(at) ? { id: at.id, start: at.selectionStart, end: at.selectionEnd } : null;
  place.innerHTML = html;
  place.querySelectorAll("details").forEach((d) => { if (open.has(d.id)) d.open = true; else if (known.has(d.id)) d.open = false; });
  typed.forEach(([id, value]) => fill(document.getElementById(id), value));
  if (focus) refocus(focus);
  dress();
}

function changed(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return field.selectedIndex > 0;
  return field.value !== field.defaultValue;
}

function fill(field, value) {
  if (!field) return;
  if (field.type === "checkbox") field.checked = value; else field.value = value;
}

function refocus({ id, start, end }) {
  const field = id && document.getElementById(id);
  if (!field) { document.getElementById("title")?.focus({ preventScroll: true }); return; }
  field.focus({ preventScroll: true });
  if (typeof start === "number" && field.setSelectionRange && field.type !== "checkbox") { try { field.setSelectionRange(start, end); } catch { /* a field without a caret */ } }
}

// ---- following: one small question, and the room anew when its answer changes ----

let seen = data.seen;
let etag = "";
let asking = false;

async function follow() {
  if (asking || sending) return;
  asking = true;
  try {
    const answer = await fetch(data.head, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", credentials: "omit" });
    if (answer.status === 200) {
      const head = (await answer.json()).head;
      etag = answer.headers.get("ETag") ?? "";
      if (String(head) !== seen) await renew();
      seen = String(head);
    }
    if (queue().length) send();
  } catch { /* the next question will tell */ } finally { asking = false; }
}

async function renew(address = location.href) {
  const where = new URL(address, location.href);
  where.searchParams.set("part", "room");
  const answer = await fetch(where, { cache: "no-store", headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return false;
  seen = answer.headers.get("X-Meeting-Head") ?? seen;
  swap(await answer.text());
  return true;
}

const every = Number(data.every) || 4000;
setTimeout(function again() { follow().finally(() => setTimeout(again, every * (0.75 + Math.random() / 2))); }, every * Math.random());

// ---- sending: in order, until the server has answered ----

let sending = false;
let pause = 0;
let timer = 0;
const queue = () => read(QUEUE, []);

function tell(kind, words) {
  const bar = document.getElementById("saved-bar");
  const says = document.getElementById("saved");
  if (!bar || (says.textContent === words)) return;
  bar.className = `m-saved m-saved--${kind}`;
  says.textContent = words;
  document.getElementById("send-now").hidden = kind !== "wait";
}

function tellWaiting(because = "") { tell("wait", `Not yet sent: ${queue().length}.${because} It is kept on this machine.`); }

function press(fields) {
  const act = { key: newKey(), typed: Date.now(), fields };
  write(QUEUE, [...queue(), act]);
  send();
}

// One window sends at a time, so that two windows of one clerk keep the order.
const alone = (work) => (navigator.locks ? navigator.locks.request(QUEUE, { ifAvailable: true }, (lock) => (lock ? work() : null)) : work());

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  try { await alone(sendAll); } finally { sending = false; }
  if (queue().length) timer = setTimeout(send, (pause = Math.min((pause || 500) * 2, 30000)) * (0.75 + Math.random() / 2));
}

async function sendAll() {
  for (let act = queue()[0]; act; act = queue()[0]) {
    const answer = await post(act);
    if (!answer) return;
    write(QUEUE, queue().filter((one) => one.key !== act.key));
    pause = 0;
    if (answer.saved) {
      seen = String(answer.saved.head);
      etag = "";
      forget(act.fields);
      if (queue().length) tellWaiting(); else tell("saved", `Saved ${answer.saved.at}`);
      if (act.fields.shown === shownItem()) swap(answer.html); else await renew();
    } else {
      write(REFUSED, [...read(REFUSED, []), { key: act.key, reasons: answer.refused.reasons }]);
      tell("", "Nothing waits to be sent.");
      showRefused();
      restore();
    }
  }
}

async function post(act) {
  const fields = new URLSearchParams(act.fields);
  fields.set("key", act.key);
  fields.set("sent", "script");
  fields.set("ago", String(Math.max(0, Math.round((Date.now() - act.typed) / 1000))));
  fields.set("csrfmiddlewaretoken", document.querySelector("#room [name=csrfmiddlewaretoken]")?.value ?? "");
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 15000);
  try {
    const answer = await fetch(data.act, { method: "POST", body: fields, headers: { Accept: "application/json" }, signal: stop.signal, cache: "no-store" });
    if (answer.redirected || answer.status === 401) { tellWaiting(" Sign in again in another window, and it goes on."); return null; }
    const said = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : null;
    if (said && (said.saved || said.refused)) return said;
    // A token that has run out is renewed with the room; anything else is tried again later.
    if (answer.status === 403) await renew();
  } catch { /* cut off: it is tried again */ } finally { clearTimeout(late); }
  tellWaiting();
  return null;
}

const shownItem = () => document.querySelector("#act [name=shown]")?.value ?? "";

function showRefused() {
  const box = document.getElementById("refused");
  const every = read(REFUSED, []);
  box.hidden = every.length === 0;
  box.replaceChildren(...every.map(({ reasons }) => {
    const line = document.createElement("p");
    const first = document.createElement("b");
    first.textContent = `Refused: ${reasons.map((r) => r.says).join("; ")}.`;
    line.append(first, reasons.map((r) => r.remedy).filter(Boolean).join(" "));
    return line;
  }));
  if (every.length) {
    const away = Object.assign(document.createElement("button"), { type: "button", className: "m-link", id: "refused-read", textContent: "I have read it" });
    away.addEventListener("click", () => { write(REFUSED, []); showRefused(); document.getElementById("title")?.focus(); });
    box.append(away);
  }
}

// ---- what is being typed is kept too, until it has been recorded ----

function keepTyped(event) {
  const field = event.target;
  if (!field.id || !place.contains(field) || !["TEXTAREA", "INPUT"].includes(field.tagName) || field.type === "checkbox") return;
  write(TYPED, { ...read(TYPED, {}), [`${shownItem()} ${field.id}`]: field.value });
}

function forget(fields) {
  const kept = read(TYPED, {});
  Object.keys(kept).filter((name) => Object.values(fields).includes(kept[name])).forEach((name) => delete kept[name]);
  write(TYPED, kept);
}

function restore() {
  const kept = read(TYPED, {});
  for (const [name, value] of Object.entries(kept)) {
    const [item, id] = [name.slice(0, name.lastIndexOf(" ")), name.slice(name.lastIndexOf(" ") + 1)];
    const field = item === shownItem() && document.getElementById(id);
    if (field && !field.value && value) { field.value = value; const around = field.closest("details"); if (around) around.open = true; }
  }
}

function pressed(event) {
  const form = event.target;
  if (!clerk || form.method !== "post" || !root.contains(form)) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.getAttribute("aria-disabled") === "true") return;
  const fields = Object.fromEntries(new FormData(form, button));
  delete fields.csrfmiddlewaretoken;
  form.reset();
  press(fields);
}

// ---- keys: one letter for what is pressed most, never while somebody types ----

const keysOn = () => read(KEYS, true);

function dress() {
  root.classList.add("m-scripted");
  root.classList.toggle("m-has-keys", keysOn());
  const toggle = place.querySelector("[data-keys]");
  if (toggle) { toggle.hidden = false; toggle.textContent = keysOn() ? "Turn key shortcuts off" : "Turn key shortcuts on"; }
}

const opens = (details, field) => { const d = document.getElementById(details); if (d) { d.open = true; document.getElementById(field)?.focus(); } };
const go = (id) => document.getElementById(id)?.click();
const ACTS = {
  a: () => place.querySelector("button.m-person")?.focus(),
  d: () => opens("more-declare", "declare-who"),
  m: () => opens("more-note", "note-words"),
  n: () => go("step-after"),
  p: () => go("step-before"),
  o: () => go("do-open"),
};

function key(event) {
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const letter = event.key.toLowerCase();
  const button = [...place.querySelectorAll("[data-key]")].find((b) => b.dataset.key.toLowerCase() === letter);
  if (button) { event.preventDefault(); button.focus(); button.click(); } else if (ACTS[letter]) { event.preventDefault(); ACTS[letter](); }
}

function clicked(event) {
  const link = event.target.closest?.("a[href^='?']");
  if (link && clerk && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    renew(link.href).then((came) => { if (came) { history.pushState({}, "", link.href); document.getElementById("title")?.focus(); window.scrollTo(0, 0); } else location.assign(link.href); }, () => tell("wait", "No connection. What you press is kept on this machine."));
  } else if (event.target.closest?.("[data-opens]")) {
    const to = event.target.closest("[data-opens]");
    event.preventDefault();
    opens(to.hash.slice(1), to.dataset.opens);
  } else if (event.target.closest?.("[data-keys]")) {
    write(KEYS, !keysOn());
    dress();
  }
}

if (clerk) {
  document.addEventListener("submit", pressed);
  document.addEventListener("input", keepTyped);
  document.addEventListener("keydown", key);
  document.getElementById("send-now").addEventListener("click", send);
  window.addEventListener("online", send);
  window.addEventListener("popstate", () => renew().catch(() => location.reload()));
  showRefused();
  restore();
  if (queue().length) { tellWaiting(); send(); }
}
document.addEventListener("click", clicked);
dress();
root.dataset.ready = page;
