// Shows what changes on a shared screen, as it changes.
//
//   <body data-live="/live/…/" data-live-after="12">
//     <div id="results" data-live-block data-version="3">…</div>
//
// What is typed in a block is kept as long as its data-keep-for stays the same; a form
// that several people fill at once, data-keep-whole, is kept with what its writer had
// before their eyes, also while another form of its page is sent. What was refused,
// sent back in a form with data-refused, was typed too. A page made by a form says with
// data-live-page which address shows it.
//
// An event says that something changed, never what: the page is then asked for again,
// and each block whose version changed is replaced. The server alone decides what this
// reader may see. When events cannot be pushed, they are asked for every two seconds;
// without this script, reloading the page shows the same.

const PAUSE = 2000; // ms between two questions, when nothing can be pushed
const TOGETHER = 250; // ms during which several events make one reading
const TYPED = "jalons-typed"; // what waits in the other forms while one is sent
const TOKEN = "csrfmiddlewaretoken"; // each page has its own
const SPREAD = 800; // ms over which many telephones spread their readings

const place = document.querySelector("[data-live]");
const page = place?.dataset.livePage;
let after = Number(place?.dataset.liveAfter ?? 0);
let waiting = false;
let pushed = true;

function say(text) {
  const line = document.querySelector("[data-live-state]");
  if (line && line.textContent !== text) line.textContent = text;
}

function again() {
  if (page) location.replace(page);
  else location.reload();
}

function twin(field, block) {
  if (field.id) return block.querySelector(`#${CSS.escape(field.id)}`);
  const named = block.querySelectorAll(`[name="${CSS.escape(field.name ?? "")}"]`);
  return [...named].find((one) => one.value === field.value);
}

function isChanged(field) {
  if (field.closest("[data-refused]")) return true;
  if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.value !== field.defaultValue;
}

function keepTyped(from, to) {
  if (!from.dataset.keepFor || from.dataset.keepFor !== to.dataset.keepFor) return;
  for (const field of from.querySelectorAll("[name]:not([type=hidden])")) {
    if (!isChanged(field)) continue;
    const whole = field.closest("[data-keep-whole]");
    if (whole) twin(whole, to)?.replaceWith(whole);
    const same = !whole && twin(field, to);
    if (!same) continue;
    if (["radio", "checkbox"].includes(field.type)) same.checked = field.checked;
    else same.value = field.value;
  }
}

function isTyped(field) {
  return field.name && field.type !== "hidden" && isChanged(field);
}

function remember({ target }) {
  const block = target.closest?.("[data-live-block][data-keep-for]");
  if (!block) return;
  const typed = [...block.querySelectorAll("form[data-keep-whole][id]")]
    .filter((form) => form !== target && [...form.elements].some(isTyped))
    .map((form) => [form.id, [...new FormData(form)].filter(([name]) => name !== TOKEN)]);
  sessionStorage.setItem(TYPED, JSON.stringify([block.dataset.keepFor, typed]));
}

function recall() {
  const [kept, typed] = JSON.parse(sessionStorage.getItem(TYPED) ?? "[null, []]");
  sessionStorage.removeItem(TYPED);
  const block = kept && document.querySelector(`[data-keep-for="${CSS.escape(kept)}"]`);
  if (!block) return;
  for (const [id, values] of typed) {
    const form = block.querySelector(`form#${CSS.escape(id)}`);
    for (const [name, value] of values) if (form?.elements[name]) form.elements[name].value = value;
  }
}

async function read() {
  waiting = false;
  try {
    const answer = await fetch(page ?? location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
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
  setTimeout(read, TOGETHER + (many ? Math.random() * SPREAD : 0));
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
  document.addEventListener("submit", remember);
  if ("EventSource" in window) listen();
  else ask();
  // A telephone that wakes up takes the state again.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) readSoon();
  });
}
