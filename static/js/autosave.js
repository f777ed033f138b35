// Sends a form's answers as they are given, and says honestly where they are:
// on the server (all of them, or all but a wrong one), on this device until the
// network is back, refused, or sent by somebody who is no longer signed in.
//
//   <form method="post" data-autosave>…</form>
//   <p data-autosave-status aria-live="polite"
//      data-saved="…" data-partly="…" data-waiting="…" data-refused="…"
//      data-ended="…"></p>

const PAUSE = 800; // ms without a keystroke before sending
const RETRY = 15000; // ms between two tries while the network is down

const form = document.querySelector("form[data-autosave]");
const status = document.querySelector("[data-autosave-status]");
const keyOf = (path) => `jalons:${path}`;

let timer;
let inFlight = null;
let isStale = false;
let said = null;

// What still waits is not said again at each try.
const say = (state) => {
  if (!status || (state !== "saved" && state === said)) return;
  said = state;
  status.textContent = status.dataset[state];
};

const entries = () =>
  [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

// Private browsing or a full storage makes localStorage throw: nothing is kept then.
function storage(action, path, value) {
  try {
    return localStorage[action](keyOf(path), value) ?? true;
  } catch {
    return null;
  }
}

const keepHere = () =>
  storage("setItem", location.pathname, JSON.stringify(entries()));

function stateAfter(answer) {
  if (answer.ok) return answer.status === 204 ? "saved" : "partly";
  const hasEnded = [401, 403].includes(answer.status) && status?.dataset.ended;
  return hasEnded ? "ended" : "refused";
}

async function post() {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Jalons-Autosave": "1" },
      redirect: "manual",
    });
    if (answer.ok) storage("removeItem", location.pathname);
    say(stateAfter(answer));
  } catch {
    say(keepHere() ? "waiting" : "refused");
    schedule(RETRY);
  }
}

async function send() {
  timer = clearTimeout(timer);
  if (inFlight) {
    isStale = true; // one request at a time: an older one must not land last
    return;
  }
  inFlight = post();
  await inFlight;
  inFlight = null;
  if (isStale) schedule(PAUSE);
  isStale = false;
}

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

function restore() {
  const kept = JSON.parse(storage("getItem", location.pathname) || "null");
  if (!Array.isArray(kept)) return;
  for (const field of form.elements) {
    if (!field.name || ["hidden", "submit"].includes(field.type)) continue;
    const values = kept.filter(([name]) => name === field.name).map((pair) => pair[1]);
    if (["radio", "checkbox"].includes(field.type)) {
      field.checked = values.includes(field.value);
    } else {
      field.value = values[0] ?? "";
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true })); // what follows is shown
  say("waiting");
  send();
}

async function beforeLeaving(event) {
  timer = clearTimeout(timer);
  keepHere(); // until the next page proves that this one arrived
  if (!navigator.onLine) {
    event.preventDefault();
    say("waiting");
    schedule(RETRY);
  } else if (inFlight) {
    event.preventDefault();
    await inFlight;
    form.requestSubmit(event.submitter);
  }
}

// Reaching another page from a form means that the form was received.
if (document.referrer) {
  const from = new URL(document.referrer).pathname;
  if (from !== location.pathname) storage("removeItem", from);
}
if (form) {
  form.addEventListener("input", () => schedule(PAUSE));
  form.addEventListener("submit", beforeLeaving);
  addEventListener("online", send);
  addEventListener("pagehide", () => {
    if (timer) navigator.sendBeacon(form.action, new FormData(form));
  });
  restore();
}
