// The surveys that this phone has joined, and the key of its drafts.

import { all, get, put, read, write } from "./store.js";
import { enrol, handout, Unreachable } from "./server.js";
import * as sealing from "./sealing.js";
import { stamp } from "./queue.js";

export { Unreachable };
export class Refused extends Error {}

const SEVERAL_TRIES = 5;
const LONGEST_WAIT = 300; // seconds
const keys = new Map(); // round → key of drafts, in memory only

const nameOfPhone = () => {
  const { userAgent } = navigator;
  const system = /Android [\d.]+|iPhone|Windows|Mac OS X|Linux/.exec(userAgent)?.[0];
  const browser = /Firefox|Edg|Chrome|Safari/.exec(userAgent)?.[0];
  return [browser, system].filter(Boolean).join(" · ").slice(0, 60);
};

export async function rounds() {
  const found = await all("rounds");
  return found.sort((one, other) => one.id.localeCompare(other.id));
}

const understood = ({ status, data }) => {
  if (status === 200) return data;
  if (status >= 500 || status === 429) throw new Unreachable(data?.message);
  throw new Refused(data?.message || "");
};

// Reads the code, then keeps what is needed for days. A survey joined before keeps its
// queue and, while the phone was not withdrawn, its drafts.
export async function join(code) {
  const given = understood(await enrol(code, nameOfPhone()));
  const asked = await handout(given.token);
  const content = understood(asked);
  const { id } = content.round;
  await write(["rounds", "versions"], async (rounds, versions) => {
    const before = await read(rounds, id);
    const base = { id, commune: "", number: 0, done: 0 };
    const after = {
      ...base,
      ...before,
      token: given.token,
      state: "joined",
      message: "",
      etag: asked.etag,
      handout: content,
      met_at: stamp(),
    };
    rounds.put(after, id);
    versions.put(content.questionnaire, content.version.checksum);
  });
  return get("rounds", id);
}

// The PIN chosen: makes the key, and a proof by which the PIN is known again.
export async function choosePin(id, code, pin) {
  const base = await sealing.lockUp(code + sealing.newToken());
  const salt = sealing.newSalt();
  const key = await sealing.draftKey(base, pin, salt);
  const proof = await sealing.cipher(key, id);
  await write(["rounds", "drafts"], async (rounds, drafts) => {
    const round = await read(rounds, id);
    rounds.put({ ...round, base, salt, proof, wrong: 0 }, id);
    const request = drafts.getAll();
    request.onsuccess = () =>
      request.result
        .filter((one) => one.round === id)
        .forEach((one) => drafts.delete(one.key)); // of a PIN that nobody knows now
  });
  keys.set(id, key);
  await sealing.decipher(key, proof);
}

// The key of the drafts, or how long to wait: each wrong try, from the fifth on, shuts
// the door for longer, page closed or not.
export async function unlock(round, pin) {
  const left = (round.shut_until ?? 0) - Date.now();
  // Further, the clock was set back: nobody is shut out for that.
  if (left > 0 && left <= LONGEST_WAIT * 1000) return { wait: Math.ceil(left / 1000) };
  const key = await sealing.draftKey(round.base, pin, round.salt);
  try {
    await sealing.decipher(key, round.proof);
  } catch {
    const wrong = (round.wrong ?? 0) + 1;
    const wait =
      wrong < SEVERAL_TRIES ? 0 : Math.min(2 ** (wrong - 2), LONGEST_WAIT);
    await change(round.id, { wrong, shut_until: Date.now() + wait * 1000 });
    return { wait };
  }
  keys.set(round.id, key);
  await change(round.id, { wrong: 0, shut_until: 0 });
  return { isOpen: true };
}

export const keyOf = (id) => keys.get(id);
export const lock = () => keys.clear();

export async function change(id, what) {
  await write(["rounds"], async (rounds) => {
    const round = await read(rounds, id);
    if (round) rounds.put({ ...round, ...what }, id);
  });
}

// What the team changed since: questions, communes, quotas. Silent without network.
export async function refresh(id) {
  const round = await get("rounds", id);
  if (round?.state !== "joined") return;
  const { status, data, etag } = await handout(round.token, round.etag);
  if (status === 200) {
    const content = { handout: data, etag, met_at: stamp() };
    await put("versions", data.version.checksum, data.questionnaire);
    await change(id, content);
  } else if (status === 304) {
    await change(id, { met_at: stamp() });
  } else if (data?.reason === "revoked") {
    await change(id, { state: "revoked", message: data.message });
  } else if (["expired", "unknown_device"].includes(data?.reason)) {
    await change(id, { state: "outside", message: data.message });
  }
}

// A phone withdrawn keeps nothing that can be read: sealed records only, which it
// cannot open, and which leave once it has joined again.
export async function wipe(id) {
  keys.delete(id);
  await write(["rounds", "drafts"], async (rounds, drafts) => {
    const { title, ...round } = await read(rounds, id);
    rounds.put(
      {
        id,
        state: "revoked",
        message: round.message,
        title: title ?? round.handout?.round.title,
        number: round.number,
        done: round.done,
        commune: "",
      },
      id,
    );
    const request = drafts.getAll();
    request.onsuccess = () =>
      request.result
        .filter((one) => one.round === id)
        .forEach((one) => drafts.delete(one.key));
  });
}
