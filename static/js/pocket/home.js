// Between two interviews: begin, resume, count a refusal, see what waits.

import { app, go, reload, screen } from "./app.js";
import { announce, big, button, field, h, link, quiet, show, unseen } from "./dom.js";
import { change } from "./device.js";
import * as interview from "./interview.js";
import { lines, tell } from "./queue.js";
import { titleOf } from "./joining.js";
import { remove } from "./store.js";
import { languageLink } from "./wording.js";
import { count, dated, pick, say } from "./words.js";

let installer = null;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installer = event;
});

screen("home", async () => {
  const round = await reload();
  const [drafts, queue] = await Promise.all([
    interview.drafts(round.id),
    lines(round.id),
  ]);
  app.interview = null;
  announce("");
  const { title, is_simulated: isSimulated } = round.handout.round;
  show(
    title,
    h("p", { class: "crumb" }, round.handout.surveyor.alias),
    h("h1", {}, titleOf(round)),
    isSimulated && h("p", { class: "caution" }, say("simulated")),
    round.state === "outside" && again(round),
    place(round),
    h("p", {}, big(say("begin"), () => go("notice"))),
    drafts.length > 0 && resumable(drafts),
    refusals(round),
    h("h2", {}, say("kept_title")),
    h("p", {}, summary(queue)),
    h("p", { class: "actions" }, quiet(say("see_queue"), () => go("queue"))),
    wanted(round),
    foot(),
  );
});

const again = (round) =>
  h(
    "div",
    { class: "callout attention" },
    h("p", {}, round.message || say("join_again_lead")),
    quiet(say("join_again"), () => go("join")),
  );

function summary(queue) {
  const inState = (state) => queue.filter((one) => one.state === state).length;
  return [
    count("waiting", inState("waiting")),
    inState("refused") && count("refused", inState("refused")),
    count("sent", inState("sent")),
  ]
    .filter(Boolean)
    .join(" · ");
}

// Where the surveyor stands: offered first, asked once.
function place(round) {
  const { communes } = round.handout;
  if (communes.length === 1) {
    if (round.commune !== communes[0].code) remember(communes[0].code);
    return h("p", { class: "quiet" }, communes[0].name);
  }
  const options = communes.map(({ code, name }) =>
    h("option", { value: code, selected: code === round.commune }, name),
  );
  if (!round.commune) remember(communes[0]?.code ?? "");
  const onchange = (event) => remember(event.target.value);
  return field(say("where"), { tag: "select", options, onchange }).box;
}

async function remember(commune) {
  app.round.commune = commune;
  await change(app.round.id, { commune });
}

const resumable = (drafts) =>
  h(
    "section",
    {},
    h("h2", {}, say("drafts")),
    h("ul", { class: "plain rows" }, drafts.map(draftLine)),
  );

const begun = (moment) => say("begun", { moment: dated(moment) });

function draftLine({ key, isUnreadable, started_at: moment }) {
  const resume = () => go("resume", { key });
  const drop = () => go("drop", { key, moment });
  return h(
    "li",
    {},
    h("p", {}, begun(moment)),
    isUnreadable
      ? h("p", { class: "warn" }, say("unreadable"))
      : h("p", { class: "actions" }, quiet([say("resume"), unseen(begun(moment))], resume)),
    link([say("drop"), unseen(begun(moment))], drop),
  );
}

screen("drop", ({ key, moment }) =>
  show(
    say("drop_title"),
    h("h1", {}, say("drop_title")),
    h("p", {}, begun(moment)),
    h("p", {}, say("drop_lead")),
    h(
      "p",
      { class: "actions" },
      button(say("drop_go"), () => interview.drop(key).then(() => history.back())),
      link(say("keep_it"), () => history.back()),
    ),
  ),
);

function refusals(round) {
  const box = h(
    "section",
    {},
    h("h2", {}, say("refusal_title")),
    h("p", { class: "hint" }, say("refusal_hint")),
  );
  const said = h("p", { role: "status" });
  const tally = async ({ code, text }) => {
    const key = await interview.countRefusal(app.round, code);
    tell("moved");
    const undo = link(say("undo"), async () => {
      await remove("queue", key);
      said.replaceChildren(say("undone"));
      tell("moved");
    });
    said.replaceChildren(say("refusal_counted", { reason: pick(text) }), " ", undo);
  };
  const choices = round.handout.refusals.map((one) =>
    quiet(capital(pick(one.text)), () => tally(one)),
  );
  box.append(h("p", { class: "actions" }, choices), said);
  return box;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// A help, never a target: whom the team still hopes to hear, as it last knew.
function wanted(round) {
  const left = round.handout.wanted.filter((one) => one.done < one.target);
  if (!left.length) return null;
  const questions = round.handout.questionnaire.sections.flatMap((s) => s.questions);
  const named = (code, value) => {
    const options = questions.find((one) => one.code === code)?.options ?? [];
    return pick(options.find((one) => one.code === value)?.text) || value;
  };
  const communes = Object.fromEntries(
    round.handout.communes.map(({ code, name }) => [code, name]),
  );
  const said = (one) =>
    [communes[one.commune], named("sex", one.sex), named("age", one.age)]
      .filter(Boolean)
      .join(", ");
  return h(
    "details",
    {},
    h("summary", {}, say("wanted")),
    h("p", { class: "hint" }, say("wanted_hint", { moment: dated(round.met_at) })),
    h(
      "ul",
      {},
      left.map((one) =>
        h("li", {}, say("wanted_line", { who: said(one), left: one.target - one.done })),
      ),
    ),
  );
}

function foot() {
  const install = async () => {
    await installer.prompt();
    installer = null;
    announce("");
  };
  return h(
    "div",
    {},
    installer && h("p", {}, quiet(say("install"), install)),
    h("p", {}, link(say("other_round"), () => go("rounds"))),
    languageLink(),
  );
}
