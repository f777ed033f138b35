// The end: to be called back or not, on its own screen and in its own record; thanks.

import { app, go, replace, screen } from "./app.js";
import { keep } from "./asking.js";
import { announce, big, button, field, form, h, link, option, quiet, show } from "./dom.js";
import * as interview from "./interview.js";
import { tell } from "./queue.js";
import { isFull } from "./store.js";
import { onScreen } from "./rules.js";
import { speaker } from "./speech.js";
import { languageButton, languageLink } from "./wording.js";
import { pick, say } from "./words.js";

screen("callback", () => {
  const { callback } = app.round.handout;
  const steps = onScreen(app.definition, app.interview.answers);
  const last = steps[steps.length - 1].question.code;
  app.interview.at = "callback";
  show(
    say("callback_title"),
    h("h1", {}, say("callback_title")),
    h("p", {}, say("callback_lead")),
    h("p", { class: "error", id: "told", hidden: true }),
    h(
      "p",
      { class: "actions" },
      button(say("callback_no"), () => end(null)),
      quiet(say("callback_yes"), () => go("contact")),
    ),
    h(
      "p",
      { class: "actions" },
      speaker(() => [say("callback_title"), pick(callback.text)]),
      quiet(say("back"), () => go("ask", { code: last })),
    ),
    languageLink(),
  );
  keep();
});

screen("contact", () => {
  const { callback, communes } = app.round.handout;
  const name = field(say("contact_name"), { autocomplete: "off", maxlength: "120" });
  const contact = field(
    say("contact"),
    { autocomplete: "off", maxlength: "120" },
    say("contact_hint"),
  );
  const steps = onScreen(app.definition, app.interview.answers);
  const place = steps.find(({ question }) => question.type === "territory");
  const here = app.interview.answers[place?.question.code] ?? app.round.commune;
  const options = communes.map((one) =>
    h("option", { value: one.code, selected: one.code === here }, one.name),
  );
  const commune = field(say("commune"), { tag: "select", options });
  const agreed = option(say("contact_agreed"), { type: "checkbox" });
  const linked = option(say("contact_linked"), { type: "checkbox" });
  const told = h("p", { class: "error", id: "told", hidden: true });
  const done = () => {
    name.complain(name.input.value.trim() ? "" : say("contact_name_wanted"));
    contact.complain(contact.input.value.trim() ? "" : say("contact_wanted"));
    if (!name.input.value.trim() || !contact.input.value.trim()) return undefined;
    if (!ticked(agreed)) return complain(say("contact_agreed_wanted"));
    return end({
      commune: commune.input.value,
      name: name.input.value.trim(),
      contact: contact.input.value.trim(),
      consent: callback.version,
      isLinked: ticked(linked),
    });
  };
  show(
    say("contact_title"),
    h("h1", {}, say("contact_title")),
    h("p", { class: "say" }, pick(callback.text)),
    h("p", { class: "actions" }, speaker(() => [pick(callback.text)])),
    form(
      done,
      name.box,
      contact.box,
      commune.box,
      h("div", { class: "options" }, agreed, linked),
      told,
      h(
        "p",
        { class: "actions" },
        h("button", { class: "button big" }, say("contact_keep")),
      ),
    ),
    h(
      "p",
      { class: "links" },
      link(say("callback_no"), () => end(null)),
      languageButton(),
    ),
  );
});

const ticked = (label) => label.querySelector("input").checked;

function complain(text) {
  const told = document.getElementById("told");
  told.textContent = text;
  told.hidden = false;
}

async function end(contact) {
  app.wayOut = "";
  try {
    app.wayOut = await interview.finish(app.interview, app.round, contact);
  } catch (error) {
    if (!(error instanceof interview.AlreadyFinished)) {
      return complain(say(isFull(error) ? "full" : "not_kept"));
    }
  }
  app.interview = null;
  announce("");
  tell("moved");
  return replace("thanks");
}

// The code is kept in no store of the phone, nor in its history: it is written down
// before going on.
const wayOut = (code) =>
  h(
    "div",
    { class: "callout" },
    h("p", {}, say("thanks_contact")),
    h("p", {}, say("way_out")),
    h("p", { class: "lead" }, `${location.host}/rappel/${code.slice(0, 5)}-${code.slice(5)}`),
  );

function leave(name) {
  app.wayOut = "";
  return replace(name);
}

screen("thanks", () =>
  show(
    say("thanks_title"),
    h("h1", {}, say("thanks_title")),
    h("p", { class: "lead" }, say(navigator.onLine ? "thanks_online" : "thanks_offline")),
    app.wayOut && wayOut(app.wayOut),
    h("p", { class: "actions" }, big(say("begin_next"), () => leave("notice"))),
    h("p", { class: "actions" }, quiet(say("home"), () => leave("home"))),
  ),
);
