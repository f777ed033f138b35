// Coming in: the survey chosen, the code, the phone withdrawn.

import { app, go, replace, screen } from "./app.js";
import * as device from "./device.js";
import { big, field, form, h, link, quiet, show } from "./dom.js";
import { isPossible } from "./sealing.js";
import { fileOf, lines, tell } from "./queue.js";
import { persist } from "./store.js";
import { languageLink } from "./wording.js";
import { count, say } from "./words.js";

export const titleOf = (round) => round.handout?.round.title ?? round.title ?? "";

screen("start", async () => {
  const found = await device.rounds();
  if (app.scanned || !found.length) return replace("join");
  return found.length === 1 ? enter(found[0]) : replace("rounds");
});

screen("rounds", async () => {
  const found = await device.rounds();
  show(
    say("which_round"),
    h("h1", {}, say("which_round")),
    h(
      "ul",
      { class: "plain rows" },
      found.map((one) => h("li", {}, link(titleOf(one), () => enter(one)))),
    ),
    h("p", {}, quiet(say("join_another"), () => go("join"))),
    languageLink(),
  );
});

export async function enter(round) {
  app.round = round;
  app.interview = null;
  if (round.state === "revoked") {
    await device.wipe(round.id);
    return replace("withdrawn");
  }
  tell("entered"); // what its team changed is asked for, if there is a network
  if (!round.proof) return replace(app.code ? "pin" : "join");
  return replace(device.keyOf(round.id) ? "home" : "unlock");
}

screen("join", () => {
  if (!isPossible()) return notSecure();
  const code = field(
    say("code"),
    { autocapitalize: "characters", autocomplete: "off", spellcheck: "false" },
    say("code_hint"),
  );
  const send = big(say("join"));
  send.type = "submit";
  const join = async (given) => {
    if (!given) return code.complain(say("code_wanted"));
    send.disabled = true;
    try {
      app.code = given;
      const round = await device.join(given);
      persist(); // Firefox asks the surveyor: nothing waits for the answer
      return await enter(round);
    } catch (error) {
      return code.complain(told(error));
    } finally {
      send.disabled = false;
    }
  };
  const typed = () => join(code.input.value.trim());
  show(
    say("join_title"),
    h("h1", {}, say("join_title")),
    h("p", { class: "lead" }, say("join_lead")),
    form(typed, code.box, h("p", {}, send)),
    languageLink(),
  );
  const scanned = app.scanned;
  app.scanned = "";
  return scanned ? join(scanned) : undefined;
});

function told(error) {
  if (error instanceof device.Unreachable) return error.message || say("join_offline");
  if (error instanceof device.Refused) return error.message;
  throw error;
}

const notSecure = () =>
  show(
    say("not_secure_title"),
    h("h1", {}, say("not_secure_title")),
    h("p", {}, say("not_secure")),
  );

screen("withdrawn", async () => {
  const left = (await lines(app.round.id)).filter((one) => one.envelope);
  show(
    say("withdrawn_title"),
    h("p", { class: "crumb" }, titleOf(app.round)),
    h("h1", {}, say("withdrawn_title")),
    h("p", { class: "lead" }, app.round.message),
    h("p", {}, say("withdrawn_wiped")),
    left.length > 0 && h("p", {}, count("withdrawn_left", left.length)),
    left.length > 0 && h("p", {}, quiet(say("export"), download)),
    h("p", {}, quiet(say("join_again"), () => go("join"))),
    languageLink(),
  );
});

// A file of the sealed records of this survey: for its team, by a cable or a card.
export async function download() {
  const text = JSON.stringify(await fileOf(app.round.id));
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const name = `jalons-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}.json`;
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
