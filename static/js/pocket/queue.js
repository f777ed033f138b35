// What is finished and sealed: it leaves when the network allows, once each, in any
// order. Used by the pages and by the service worker, where there is no page.

import { all, get, read, write } from "./store.js";
import { deliver } from "./server.js";

const DAMAGED_TRIES = 5; // sendings answered "damaged" before it is said
const SENT_KEPT = 200; // lines "sent" still shown
const LOCK = "jalons-sending";
const news =
  "BroadcastChannel" in globalThis ? new BroadcastChannel("jalons-queue") : null;
let isSending = false;

export const tell = (what) => {
  news?.postMessage(what);
  globalThis.dispatchEvent?.(new CustomEvent("jalons-queue", { detail: what }));
};

export const listen = (callback) => {
  if (news) news.onmessage = callback;
  globalThis.addEventListener("jalons-queue", callback);
};

// The lines of the queue: what is refused first, then what waits, then what is sent.
export async function lines(round) {
  const rank = { refused: 0, waiting: 1, sent: 2 };
  const found = (await all("queue")).filter((one) => !round || one.round === round);
  return found.sort(
    (one, other) =>
      rank[one.state] - rank[other.state] ||
      other.made_at.localeCompare(one.made_at) ||
      (other.number ?? 0) - (one.number ?? 0),
  );
}

export const line = (envelope, about) => ({
  key: envelope.key,
  round: envelope.round,
  kind: envelope.kind,
  envelope,
  state: "waiting",
  reason: "",
  message: "",
  tries: 0,
  ...about,
});

// Tries to send all that waits. One sending at a time on the whole device.
export async function send() {
  if (!navigator.locks) return isSending ? null : sendAll();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) =>
    lock ? sendAll() : null,
  );
}

async function sendAll() {
  isSending = true;
  const closed = new Set();
  let sent = 0;
  try {
    for (const key of await waiting()) {
      const outcome = await sendOne(key, closed);
      if (outcome === "sent") sent += 1;
      if (outcome === "later") return { sent, isStopped: true };
    }
    return { sent, isStopped: false };
  } finally {
    isSending = false;
    if (sent) await prune();
    tell("sent");
  }
}

async function waiting() {
  const now = Date.now();
  const found = (await all("queue")).filter(
    (one) => one.state === "waiting" && (one.not_before ?? 0) <= now,
  );
  // By random keys: the order of the interviews is nobody's business.
  return found.map((one) => one.key).sort();
}

async function sendOne(key, closed) {
  const item = await get("queue", key);
  const round = item && (await get("rounds", item.round));
  if (item?.state !== "waiting" || round?.state !== "joined") return "left";
  if (closed.has(item.round)) return "left";
  const outcome = await deliver(round.token, item.envelope);
  if (outcome.word === "outside" || outcome.word === "revoked") {
    closed.add(item.round);
    await write(["rounds"], async (rounds) => {
      const now = await read(rounds, item.round);
      if (now?.token !== round.token) return; // joined again meanwhile
      rounds.put({ ...now, state: outcome.word, message: outcome.message }, now.id);
    });
    tell(outcome.word);
    return "left";
  }
  await settle(key, outcome);
  return outcome.word;
}

async function settle(key, outcome) {
  await write(["queue"], async (queue) => {
    const item = await read(queue, key);
    if (!item || item.state === "sent") return;
    const damaged = (item.damaged ?? 0) + (outcome.word === "again" ? 1 : 0);
    const after = { ...item, tries: item.tries + 1, damaged };
    if (outcome.word === "sent") {
      Object.assign(after, { state: "sent", envelope: null, sent_at: stamp() });
    } else if (
      outcome.word === "refused" ||
      (outcome.word === "again" && damaged >= DAMAGED_TRIES)
    ) {
      const { reason, message } = outcome;
      Object.assign(after, { state: "refused", reason, message });
    }
    queue.put(after, key);
  });
  tell("settled");
}

// What the service worker does when the network returns; failing asks to be woken again.
export async function wake() {
  const outcome = await send();
  if (outcome?.isStopped) throw new Error("no network yet");
}

export const stamp = () => new Date().toISOString();

// A refused line waits again.
export async function retry(key) {
  await write(["queue"], async (queue) => {
    const item = await read(queue, key);
    if (item?.state !== "refused") return;
    const anew = { state: "waiting", reason: "", message: "", tries: 0, damaged: 0 };
    queue.put({ ...item, ...anew }, key);
  });
}

async function prune() {
  const sent = (await lines()).filter((one) => one.state === "sent");
  await write(["queue"], (queue) => {
    for (const one of sent.slice(SENT_KEPT)) queue.delete(one.key);
  });
}

// What a file holds: the sealed records of a survey that the server does not have.
export async function fileOf(round) {
  const kept = (await lines(round)).filter((one) => one.envelope);
  const envelopes = kept.map((one) => one.envelope);
  return { format: "jalons-pocket-1", made_at: stamp(), envelopes };
}
