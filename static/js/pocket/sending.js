// What is on this phone: waiting, refused with the reason, sent. And the sending.

import { app, go, reload, replace, screen } from "./app.js";
import * as device from "./device.js";
import { announce, button, h, link, quiet, show, unseen } from "./dom.js";
import { download, titleOf } from "./joining.js";
import * as queue from "./queue.js";
import { remove } from "./store.js";
import { languageLink } from "./wording.js";
import { count, dated, say } from "./words.js";

const SHOWN = 50; // lines sent that are listed
const WAITS = [15, 30, 60, 120, 300]; // seconds between two tries while nothing passes
let failures = 0;
let timer;

const inState = (lines, state) => lines.filter((one) => one.state === state);

screen("queue", async ({ said = "" } = {}) => {
  const lines = await queue.lines(app.round.id);
  const [refused, waiting, sent] = ["refused", "waiting", "sent"].map((state) =>
    inState(lines, state),
  );
  const isEmpty = !refused.length && !waiting.length;
  show(
    say("queue_title"),
    h("p", { class: "crumb" }, titleOf(app.round)),
    h("h1", {}, say("queue_title")),
    h("p", { class: "lead" }, isEmpty ? say("queue_empty") : say("queue_lead")),
    h("p", { role: "status", "data-said": "" }, said),
    !isEmpty &&
      h(
        "p",
        { class: "actions" },
        button(say("send_now"), sendNow),
        quiet(say("export"), download),
      ),
    part(count("refused", refused.length), refused, refusedLine),
    part(count("waiting", waiting.length), waiting, waitingLine),
    part(count("sent", sent.length), sent.slice(0, SHOWN), sentLine),
    h("p", {}, quiet(say("home"), () => replace("home"))),
    languageLink(),
  );
});

const part = (title, lines, draw) =>
  lines.length > 0 &&
  h(
    "section",
    {},
    h("h2", {}, title),
    h("ul", { class: "plain rows" }, lines.map((one) => h("li", {}, draw(one)))),
  );

const named = ({ kind, number, made_at: made }) =>
  [
    kind === "interview" ? say("line_interview", { number }) : say(`line_${kind}`),
    dated(made),
  ].join(" · ");

const erase = (one) =>
  link([say("delete"), unseen(named(one))], () => go("delete", { key: one.key }));

const waitingLine = (one) => [
  h("p", {}, named(one), " ", h("strong", {}, say("state_waiting"))),
  erase(one),
];

const sentLine = (one) =>
  h("p", {}, named(one), " ", h("strong", {}, say("state_sent")));

function refusedLine(one) {
  const again = async () => {
    await queue.retry(one.key);
    await sendNow();
  };
  return [
    h("p", {}, named(one), " ", h("strong", {}, say("state_refused"))),
    h("p", { class: "warn" }, one.message || say("no_reason")),
    h(
      "p",
      { class: "actions" },
      quiet([say("try_again"), unseen(named(one))], again),
      erase(one),
    ),
  ];
}

screen("delete", async ({ key }) => {
  const one = (await queue.lines()).find((item) => item.key === key);
  if (!one) return replace("queue");
  const go = async () => {
    await remove("queue", key);
    replace("queue", { said: say("deleted") });
  };
  return show(
    say("delete_title"),
    h("h1", {}, say("delete_title")),
    h("p", {}, named(one)),
    h("p", {}, say("delete_lead")),
    h(
      "p",
      { class: "actions" },
      button(say("delete_go"), go),
      link(say("keep_it"), () => history.back()),
    ),
  );
});

async function sendNow() {
  announce(say("sending"));
  failures = 0;
  const outcome = await sendWaiting();
  announce("");
  const said = outcome?.isStopped ? say("no_network") : "";
  if (history.state?.name === "queue") await replace("queue", { said });
}

// Sends what waits, then asks what the team changed; tries again later if cut.
export async function sendWaiting() {
  clearTimeout(timer);
  const outcome = await queue.send();
  if (outcome) failures = outcome.isStopped ? failures + 1 : 0;
  // Whoever else is sending (another tab, the worker) may be cut: look again after.
  if (!outcome || outcome.isStopped) {
    const wait = WAITS[outcome ? Math.min(failures, WAITS.length) - 1 : 0];
    clearTimeout(timer);
    timer = setTimeout(sendWaiting, wait * 1000);
  }
  if (outcome?.isStopped) askToBeWoken();
  return outcome;
}

// Where it exists, the browser sends by itself when the network returns, page closed.
// Nobody waits for it: a worker that could not be installed is never ready.
function askToBeWoken() {
  navigator.serviceWorker?.ready
    .then((registration) => registration.sync?.register("send"))
    .catch(() => {});
}

export async function refreshRound() {
  if (!app.round || !navigator.onLine) return;
  try {
    await device.refresh(app.round.id);
  } catch (error) {
    if (!(error instanceof device.Unreachable)) throw error;
  }
  await checkState();
}

// A phone withdrawn is emptied at once, wherever its surveyor is.
export async function checkState() {
  const round = await reload();
  if (round?.state !== "revoked" || !round.handout) return;
  await device.wipe(round.id);
  await reload();
  app.interview = null;
  replace("withdrawn");
}
