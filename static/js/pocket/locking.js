// The PIN that ciphers the interviews under way: chosen, typed, forgotten.

import { app, reload, replace, screen } from "./app.js";
import * as device from "./device.js";
import { field, form, h, quiet, show } from "./dom.js";
import { titleOf } from "./joining.js";
import { languageLink } from "./wording.js";
import { count, say } from "./words.js";

const PIN = /^[0-9]{6}$/;
// 111111, 123456, 987654: the first ones tried by whoever finds the phone.
const isTooSimple = (digits) => {
  const steps = [...digits].slice(1).map((digit, place) => digit - digits[place]);
  return Math.abs(steps[0]) <= 1 && steps.every((step) => step === steps[0]);
};
const AWAY = 10 * 60000; // ms out of sight after which the PIN is asked again

const pinField = (label, hint) =>
  field(
    label,
    { type: "password", inputmode: "numeric", maxlength: "6", autocomplete: "off" },
    hint,
  );

const submit = (text) => h("p", {}, h("button", { class: "button big" }, text));

screen("pin", () => {
  const first = pinField(say("pin"), say("pin_hint"));
  const second = pinField(say("pin_again"));
  const choose = async () => {
    first.complain("");
    second.complain("");
    if (!PIN.test(first.input.value)) return first.complain(say("pin_wanted"));
    if (isTooSimple(first.input.value)) return first.complain(say("pin_hint"));
    if (first.input.value !== second.input.value) {
      return second.complain(say("pin_differs"));
    }
    await device.choosePin(app.round.id, app.code, first.input.value);
    app.code = "";
    await reload();
    return replace("home");
  };
  show(
    say("pin_title"),
    h("p", { class: "crumb" }, titleOf(app.round)),
    h("h1", {}, say("pin_title")),
    h("p", {}, say("pin_lead")),
    form(choose, first.box, second.box, submit(say("pin_keep"))),
  );
});

screen("unlock", () => {
  const pin = pinField(say("pin"));
  const open = async () => {
    pin.complain("");
    const { isOpen, wait } = await device.unlock(app.round, pin.input.value);
    await reload();
    if (isOpen) return replace("home");
    pin.input.value = "";
    return pin.complain(wait ? count("pin_wait", wait) : say("pin_wrong"));
  };
  const forget = async () => {
    await device.change(app.round.id, { proof: null, base: null });
    replace("join");
  };
  show(
    say("unlock_title"),
    h("p", { class: "crumb" }, titleOf(app.round)),
    h("h1", {}, say("unlock_title")),
    form(open, pin.box, submit(say("unlock"))),
    h(
      "details",
      {},
      h("summary", {}, say("pin_lost")),
      h("p", {}, say("pin_lost_lead")),
      quiet(say("pin_lost_go"), forget),
    ),
    languageLink(),
  );
});

// Left on a table: what is under way is locked again.
let hiddenAt = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    hiddenAt = Date.now();
  } else if (hiddenAt && Date.now() - hiddenAt > AWAY && app.round?.proof) {
    device.lock();
    app.interview = null;
    replace("unlock");
  }
});
