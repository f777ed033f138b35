// Shows what changes on a shared screen, as it changes.
//
//   <body data-live="/live/…/" data-live-after="12">
//     <div id="results" data-live-block data-version="3">…</div>
//
// What is typed in a block is kept (typed.js). A page made by a form, or a block, says
// with data-live-page which address shows it. A form with data-live-send is sent from
// here: its answer is the block as it is now, in one exchange instead of two.
//
// An event says that something changed, never what: the page is then asked for again,
// and each block whose version changed is replaced. The server alone decides what this
// reader may see. When events cannot be pushed, they are asked for every two seconds;
// without this script, reloading the page shows the same.

import { keepTyped, recall, remember, twin } from "./typed.js";

const PAUSE = 2000; // ms between two questions, when nothing can be pushed
const TOGETHER = 250; // ms at least between two readings: several events make one
const SPREAD = 800; // ms over which many telephones spread their readings

const place = document.querySelector("[data-live]");
let after = Number(place?.dataset.liveAfter ?? 0);
let waiting = false;
let pushed = true;
let readAt = 0; // when the page was last asked for
let sent = 0; // how many forms were: what was read before says less than their answer

function say(text) {
  const line = document.querySelector("[data-live-state]");
  if (line && line.textContent !== text) line.textContent = text;
}

function page() {
  return document.querySelector("[data-live-page]")?.dataset.livePage;
}

function again() {
  if (page()) location.replace(page());
  else location.reload();
}

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

async function send(event) {
  const form = event.target.closest("form[data-live-send]");
  if (!form) return;
  event.preventDefault();
  const { id } = form.closest("[data-live-block]");
  const button = form.querySelector("button");
  button.disabled = true;
  sent += 1;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Live": "block" } });
    if (answer.status >= 500) throw new Error(answer.status);
    const next = parse(await answer.text()).getElementById(id);
    if (!next) return again();
    const block = document.getElementById(id);
    sent += 1;
    form.reset();
    keepTyped(block, next);
    const said = next.querySelector("[data-live-said]");
    block.replaceWith(document.adoptNode(next));
    place.querySelector("[data-live-told]")?.replaceChildren(...(said ? [said] : []));
    history.replaceState(null, "", page());
    const head = next.querySelector("h1");
    head?.setAttribute("tabindex", "-1");
    head?.focus();
    say("");
    document.dispatchEvent(new CustomEvent("live:changed"));
  } catch {
    // Sent again, it has the same key: it counts once.
    say(place.dataset.liveLost ?? "");
    button.disabled = false;
  }
}

async function read() {
  waiting = false;
  readAt = Date.now();
  const before = sent;
  try {
    const answer = await fetch(page() ?? location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const now = parse(await answer.text());
    if (sent !== before) return readSoon();
    for (const block of document.querySelectorAll("[data-live-block]")) {
      const next = now.getElementById(block.id);
      if (!next) return again();
      if (next.dataset.version === block.dataset.version) continue;
      const held = block.contains(document.activeElement) && document.activeElement;
      keepTyped(block, next);
      block.replaceWith(document.adoptNode(next));
      if (held) twin(held, next)?.focus();
    }
    say("");
    document.dispatchEvent(new CustomEvent("live:changed"));
  } catch {
    say(place.dataset.liveLost ?? "");
    setTimeout(readSoon, PAUSE);
  }
}

function readSoon() {
  if (waiting) return;
  waiting = true;
  const many = place.hasAttribute("data-live-many");
  const pause = Math.max(0, readAt + TOGETHER - Date.now());
  setTimeout(read, pause + (many ? Math.random() * SPREAD : 0));
}

async function ask() {
  try {
    const answer = await fetch(`${place.dataset.live}suite/?apres=${after}`);
    const told = await answer.json();
    if (told.reload) return again();
    after = told.number;
    if (told.events.length) readSoon();
    say("");
  } catch {
    say(place.dataset.liveLost ?? "");
  }
  setTimeout(ask, PAUSE);
}

function askInstead(source) {
  if (!pushed) return;
  pushed = false;
  source.close();
  ask();
}

function listen() {
  const source = new EventSource(`${place.dataset.live}?apres=${after}`);
  source.addEventListener("change", (event) => {
    after = Number(event.lastEventId);
    readSoon();
  });
  source.addEventListener("reload", again);
  let failures = 0;
  source.onopen = () => { failures = 0; say(""); };
  source.onerror = () => {
    failures += 1;
    say(place.dataset.liveLost ?? "");
    // Closed for good, or three times in a row: ask instead.
    if (source.readyState === EventSource.CLOSED || failures >= 3) askInstead(source);
  };
}

if (place) {
  recall();
  document.addEventListener("submit", send);
  document.addEventListener("submit", remember);
  if ("EventSource" in window) listen();
  else ask();
  // A telephone that wakes up takes the state again.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) readSoon();
  });
}
