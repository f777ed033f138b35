// Before the first question: what the person is told, and their agreement.

import { app, replace, screen } from "./app.js";
import { big, h, link, show } from "./dom.js";
import * as interview from "./interview.js";
import { onScreen } from "./rules.js";
import { speaker } from "./speech.js";
import { easySwitch, languageButton } from "./wording.js";
import { choose, current, pick, say } from "./words.js";

screen("notice", () => {
  const { opening, notice, questionnaire } = app.round.handout;
  const opened = pick(opening);
  const parts = Object.entries(notice).filter(([, text]) => text);
  show(
    say("notice_title"),
    h("h1", {}, say("notice_title")),
    h("p", { class: "lead" }, opened),
    h("p", {}, say("minutes", { minutes: questionnaire.minutes })),
    h(
      "details",
      {},
      h("summary", {}, say("notice_more")),
      h(
        "dl",
        {},
        parts.map(([name, text]) => [
          h("dt", {}, say(`notice_${name}`)),
          h("dd", {}, pick(text)),
        ]),
      ),
    ),
    h("p", { class: "actions" }, big(say("accepts"), begin)),
    h("p", { class: "actions" }, speaker(() => [opened])),
    h(
      "p",
      { class: "links" },
      link(say("refuses"), () => history.back()),
      easySwitch(),
      languageButton(),
    ),
  );
});

async function begin() {
  const state = interview.begin(app.round, {
    language: current().language,
    easy: current().easy,
  });
  app.definition = app.round.handout.questionnaire;
  const { question } = onScreen(app.definition, {})[0];
  if (question.type === "territory" && app.round.commune) {
    state.answers[question.code] = app.round.commune;
  }
  await open(state);
}

screen("resume", async ({ key }) => {
  const found = await interview.drafts(app.round.id);
  const state = found.find((one) => one.key === key && !one.isUnreadable);
  if (!state) return replace("home");
  app.definition = await interview.definitionOf(state);
  choose(state.language, state.is_easy);
  return open(state);
});

function open(state) {
  app.interview = state;
  if (state.at === "callback") return replace("callback");
  const steps = onScreen(app.definition, state.answers);
  const known = steps.find(({ question }) => question.code === state.at);
  return replace("ask", { code: (known ?? steps[0]).question.code });
}
