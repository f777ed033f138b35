// One question a screen; each answer is written before the next one is shown.

import { app, go, replace, screen } from "./app.js";
import { control, named } from "./answers.js";
import { announce, big, h, link, quiet, show } from "./dom.js";
import * as interview from "./interview.js";
import { isFull } from "./store.js";
import { howMany, isWhole, onScreen } from "./rules.js";
import { hush, speaker } from "./speech.js";
import { easySwitch, languageButton } from "./wording.js";
import { count, current, pick, say } from "./words.js";

const PAUSE = 5 * 60000; // ms on one question beyond which nobody was there
let shownAt = 0;

const clock = () => performance.now();

function spend() {
  const spent = Math.min(clock() - shownAt, PAUSE);
  app.interview.seconds += spent / 1000;
  shownAt = clock();
}

screen("ask", ({ code }) => {
  const steps = onScreen(app.definition, app.interview.answers);
  const place = Math.max(
    steps.findIndex(({ question }) => question.code === code),
    0,
  );
  const { section, question } = steps[place];
  app.interview.at = question.code;
  const { language, easy } = current();
  Object.assign(app.interview, { language, is_easy: easy });
  shownAt = clock();
  // The first words of all are the notice; those of a section open it.
  const opens = place > 0 && steps[place - 1].section !== section;
  const opening = opens ? pick(section.intro) : "";
  const words = () => [
    opening,
    pick(question.text),
    pick(question.help),
    ...(question.options ?? []).map((one) => named(question, one.code)),
  ];
  const next = big("", () => forward(question, place));
  const clear = link(say("clear"), () => {
    delete app.interview.answers[question.code];
    keep();
    replace("ask", { code });
  });
  const settle = () => {
    const answer = app.interview.answers[question.code];
    next.textContent = say(answer === undefined ? "skip" : "next");
    clear.hidden = answer === undefined;
  };
  const given = (value) => {
    if (value === undefined) delete app.interview.answers[question.code];
    else app.interview.answers[question.code] = value;
    settle();
    keep();
  };
  const value = app.interview.answers[question.code];
  show(
    pick(question.text),
    progress(place, steps, section),
    opening && h("p", { class: "lead" }, opening),
    h(
      "fieldset",
      question.help ? { "aria-describedby": "help" } : {},
      h("legend", {}, h("h1", {}, pick(question.text))),
      question.help && h("p", { class: "hint", id: "help" }, pick(question.help)),
      question.max_choices &&
        !question.help &&
        h("p", { class: "hint" }, count("at_most", question.max_choices)),
      control(question, value, given),
    ),
    h("p", { class: "error", id: "told", hidden: true }),
    h("p", {}, next),
    h(
      "p",
      { class: "actions" },
      place > 0 && quiet(say("back"), () => backward(steps[place - 1])),
      speaker(words),
      clear,
    ),
    h("p", { class: "links" }, link(say("stop"), stop), easySwitch(), languageButton()),
  );
  settle();
  keep();
});

const progress = (place, steps, section) => {
  const passed = steps.slice(0, place).map((step) => step.question.code);
  const told = [app.definition, app.interview.answers, passed];
  const length = howMany(...told);
  const name = length === howMany(...told, true) ? "question_of" : "question_of_most";
  const attributes = { id: "progress", value: place + 1, max: length + 1 };
  const said = say(name, { number: place + 1, count: length });
  const label = h("label", { for: "progress" }, said);
  return h(
    "p",
    { class: "progress" },
    label,
    section.title ? ` · ${pick(section.title)}` : "",
    h("progress", attributes),
  );
};

// Says honestly whether the answer is on the phone.
export async function keep() {
  spend();
  try {
    await interview.save(app.interview);
    announce(say("kept"));
    return true;
  } catch (error) {
    announce("");
    tell(say(isFull(error) ? "full" : "not_kept"));
    return false;
  }
}

function tell(text) {
  const told = document.getElementById("told");
  if (!told) return;
  told.textContent = text;
  told.hidden = false;
}

async function forward(question, place) {
  hush();
  const faulty = document.querySelector("main [aria-invalid=true]");
  if (faulty) return faulty.focus();
  const answer = app.interview.answers[question.code];
  if (question.required && !isWhole(question, answer)) return tell(say("required"));
  const after = onScreen(app.definition, app.interview.answers)[place + 1];
  // Where to take it up again is written with the answer: cut now, nothing is asked twice.
  app.interview.at = after ? after.question.code : "callback";
  if (await keep()) return after ? go("ask", { code: app.interview.at }) : go("callback");
  app.interview.at = question.code;
  return undefined;
}

function backward({ question }) {
  hush();
  go("ask", { code: question.code });
}

async function stop() {
  hush();
  if (await keep()) replace("home");
}
