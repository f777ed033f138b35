// Shows what changes on a shared screen, as it changes.
//
//   <body data-live="/live/…/" data-live-after="12">
//     <div id="results" data-live-block data-version="3">…</div>
//
// What is typed in a block is kept (typed.js). A page made by a form, or a block, says
// with data-live-page which address shows it. A form with data-live-send is sent from
// here: its answer is the block as it is now, in one exchange instead of two. Nothing is
// replaced while it is on its way; when no answer comes, it stays whole with its key.
//
// The focus stays where it was or, when that is gone, goes to the title of the block. A
// title that is new is told once, in data-live-told, to whoever does not see it.
// An event says that something changed, never what: the page is then asked for again,
// and each block whose version changed is replaced. The server alone decides what this
// reader may see. When events cannot be pushed, they are asked for every two seconds;
// without this script, reloading the page shows the same.

import { focusOn, goOn, keepTyped, recall, remember, titles } from "./typed.js";

const PAUSE = 2000; // ms between two questions, when nothing can be pushed
const TOGETHER = 250; // ms at least between two readings: several events make one
const SPREAD = 800; // ms over which many telephones spread their readings
const LONGEST = 30000; // ms after which no answer is expected any more

const place = document.querySelector("[data-live]");
let after = Number(place?.dataset.liveAfter ?? 0);
let waiting = false;
let pushed = true;
let readAt = 0; // when the page was last asked for
let sent = 0; // how many forms were: what was read before says less than their answer
let isSending = false;
let postponed = null; // what is done once the form on its way has its answer, or none
let failed = null; // the form that was sent and had no answer, its body, what is said

function say(text) {
  const line = document.querySelector("[data-live-state]");
  const words = text || (failed?.form.isConnected ? failed.words : "");
  if (line && line.textContent !== words) line.textContent = words;
}

function page() {
  return document.querySelector("[data-live-page]")?.dataset.livePage;
}

function again() {
  if (isSending) postponed = again;
  else if (page()) location.replace(page());
  else location.reload();
}

// Everything anew; read rather than loaded when a form still has no answer.
const takeAll = () => (failed?.form.isConnected ? readSoon() : again());

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

// Sent again as it was, it has the same key: it counts once. Changed, it is another.
function bodyOf(form) {
  const body = () => new URLSearchParams(new FormData(form));
  if (failed?.form === form && failed.body !== String(body())) {
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // also without https
    form.elements.key.value = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  }
  return body();
}

// The block that follows; null when the page shows something else by now.
async function answerTo(form, body, id) {
  const signal = AbortSignal.timeout?.(LONGEST);
  const headers = { "X-Live": "block" };
  const answer = await fetch(form.action, { method: "POST", body, headers, signal });
  if (answer.status >= 500) throw new Error(answer.status);
  const next = parse(await answer.text()).getElementById(id);
  if (next || answer.ok || [404, 410].includes(answer.status)) return next;
  throw new Error(answer.status, { cause: place.dataset.liveFailed });
}

function show(next, form) {
  const block = document.getElementById(next.id);
  form.remove(); // it is answered: nothing of it waits to be sent
  keepTyped(block, next);
  const said = next.querySelector("[data-live-said]");
  block.replaceWith(document.adoptNode(next));
  place.querySelector("[data-live-told]")?.replaceChildren(...(said ? [said] : []));
  history.replaceState(null, "", page());
  focusOn(next.querySelector("[role=alert]") ?? titles(next)[0]);
  say("");
  document.dispatchEvent(new CustomEvent("live:changed"));
}

async function send(event) {
  const form = event.target.closest("form[data-live-send]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  sent += 1;
  isSending = true;
  const body = bodyOf(form);
  try {
    const next = await answerTo(form, body, form.closest("[data-live-block]").id);
    if (next) show(next, form);
    else postponed = again;
  } catch (error) {
    failed = { form, body: String(body), words: error.cause ?? place.dataset.liveLost ?? "" };
    form.dataset.unanswered = "";
    button.disabled = false;
    say("");
  }
  isSending = false;
  const then = postponed;
  postponed = null;
  then?.();
}

async function read() {
  waiting = false;
  if (isSending) return void (postponed ??= readSoon);
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
      goOn(held, block, next, place.querySelector("[data-live-told]"));
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
    after = told.number;
    if (told.reload) takeAll();
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
  source.addEventListener("reload", takeAll);
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
