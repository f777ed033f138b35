// Where the surveyor is: the round, the interview under way, the screen shown.

import { get, put } from "./store.js";
import { choose } from "./words.js";
import { speak } from "./server.js";

export const app = {
  round: null,
  interview: null,
  definition: null,
  phone: {},
  scanned: "", // the secret of the QR, not used yet
  code: "", // what let this phone in, until the PIN is chosen
  wayOut: "", // the code of the person who has just left a contact
};
const screens = {};

export const screen = (name, draw) => {
  screens[name] = draw;
};

// Shows a screen; the Back of the phone comes back to the one before.
export function go(name, given = {}, { isReplacing = false } = {}) {
  const method = isReplacing ? "replaceState" : "pushState";
  history[method]({ name, given }, "");
  return screens[name](given);
}

export const replace = (name, given) => go(name, given, { isReplacing: true });

addEventListener("popstate", ({ state }) => {
  if (!state) return;
  const isLost = ["ask", "callback", "contact"].includes(state.name) && !app.interview;
  if (isLost || !app.round) replace(app.round ? "home" : "start");
  else screens[state.name](state.given);
});

// What this phone is set to: language, easy wording.
export async function readPhone(fallback) {
  app.phone = { language: fallback, easy: false, ...(await get("settings", "phone")) };
  choose(app.phone.language, app.phone.easy);
  speak(app.phone.language);
}

export async function setPhone(what) {
  await put("settings", "phone", { ...app.phone, ...what });
  await readPhone(app.phone.language);
}

export async function reload() {
  app.round = app.round && (await get("rounds", app.round.id));
  return app.round;
}
