// One interview: written at every answer, resumed after anything, sealed when finished.

import { all, get, read, write } from "./store.js";
import * as sealing from "./sealing.js";
import { kept } from "./rules.js";
import { line, stamp, tell } from "./queue.js";
import { keyOf } from "./device.js";

export class AlreadyFinished extends Error {}

const HELD_BACK = 10000; // ms during which a refusal just counted can be taken back
let writing = Promise.resolve();

// The day by this phone's clock, where it stands.
export function today() {
  const now = new Date();
  const moved = new Date(now.getTime() - now.getTimezoneOffset() * 60000);
  return moved.toISOString().slice(0, 10);
}

export const begin = (round, { language, easy }) => ({
  key: sealing.newKey(),
  round: round.id,
  version: round.handout.version.checksum,
  at: "",
  answers: {},
  started_at: stamp(),
  seconds: 0,
  language,
  is_easy: easy,
});

// One after the other: an older answer never lands last.
export function save(state) {
  const copy = structuredClone(state);
  const before = writing.catch(() => {});
  writing = before.then(async () => {
    const ciphered = await sealing.cipher(keyOf(copy.round), copy);
    await write(["drafts"], (drafts) => {
      const about = { key: copy.key, round: copy.round, saved_at: stamp() };
      drafts.put({ ...about, version: copy.version, ...ciphered }, copy.key);
    });
  });
  return writing;
}

export const definitionOf = (state) => get("versions", state.version);

// The interviews under way; one that cannot be read is said so, never hidden.
export async function drafts(id) {
  const found = (await all("drafts")).filter((one) => one.round === id);
  const opened = found.map(async (one) => {
    try {
      return await sealing.decipher(keyOf(id), one);
    } catch {
      return { key: one.key, round: id, isUnreadable: true, started_at: one.saved_at };
    }
  });
  return Promise.all(opened);
}

export const drop = (key) => write(["drafts"], (store) => void store.delete(key));

const payloadOf = (state, definition, tokenDigest) => ({
  format: 1,
  kind: "interview",
  key: state.key,
  round: state.round,
  version: state.version,
  channel: "interview",
  language: state.language,
  is_easy: state.is_easy,
  collected_on: today(),
  started_at: state.started_at,
  ended_at: stamp(),
  seconds: Math.round(state.seconds),
  answers: kept(definition, state.answers),
  token_digest: tokenDigest,
});

const callbackOf = (state, contact, token, code) => ({
  format: 1,
  kind: "callback",
  key: sealing.newKey(),
  round: state.round,
  ...contact,
  language: state.language,
  asked_on: today(),
  token,
  code,
});

// Seals the interview, and apart from it the contact left so as to be called back. The
// draft goes and the sealed records come in one write: whatever is cut, one of the two
// is there, never both. Gives the code by which the contact is taken back.
export async function finish(state, round, contact) {
  await writing.catch(() => {});
  const definition = await definitionOf(state);
  const publicKey = round.handout.round.public_key;
  const token = contact?.isLinked ? sealing.newToken() : "";
  const digest = token ? await sealing.printOf(token) : "";
  const code = contact ? sealing.newCode() : "";
  const sealed = [
    await sealing.seal(publicKey, payloadOf(state, definition, digest)),
  ];
  if (contact) {
    const { isLinked: _, ...said } = contact;
    sealed.push(await sealing.seal(publicKey, callbackOf(state, said, token, code)));
  }
  await write(["drafts", "queue", "rounds"], async (drafts, queue, rounds) => {
    if (!(await read(drafts, state.key))) throw new AlreadyFinished();
    const now = await read(rounds, state.round);
    const number = now.number + 1;
    rounds.put({ ...now, number }, now.id);
    drafts.delete(state.key);
    const [interview, callback] = sealed;
    queue.put(line(interview, { made_at: stamp(), number }), interview.key);
    // Of a call-back only the day is kept: nothing says which interview it followed.
    if (callback) queue.put(line(callback, { made_at: today() }), callback.key);
  });
  return code;
}

export async function countRefusal(round, reason) {
  const payload = {
    format: 1,
    kind: "refusal",
    key: sealing.newKey(),
    round: round.id,
    commune: round.commune,
    refused_on: today(),
    reason,
  };
  const envelope = await sealing.seal(round.handout.round.public_key, payload);
  const about = { made_at: stamp(), not_before: Date.now() + HELD_BACK };
  const item = line(envelope, about);
  await write(["queue"], (queue) => void queue.put(item, item.key));
  setTimeout(tell, HELD_BACK + 1000, "moved");
  return item.key;
}
