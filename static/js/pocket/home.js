// Between two interviews: begin, resume, count a refusal, see what waits.

import { app, go, reload, screen } from "./app.js";
import { announce, big, button, field, h, link, quiet, show, unseen } from "./dom.js";
import { change } from "./device.js";
import * as interview from "./interview.js";
import { lines, tell } from "./queue.js";
import { titleOf } from "./joining.js";
import { remove } from "./store.js";
import { wanted } from "./wanted.js";
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

// Where the surveyor stands, once they said it: never guessed, it is an answer.
function place(round) {
  const { communes } = round.handout;
  if (communes.length === 1) {
    if (round.commune !== communes[0].code) remember(communes[0].code);
    return h("p", { class: "quiet" }, communes[0].name);
  }
  const known = communes.some(({ code }) => code === round.commune);
  const options = [
    !known && h("option", { value: "", selected: true }, say("choose")),
    ...communes.map(({ code, name }) =>
      h("option", { value: code, selected: code === round.commune }, name),
    ),
  ].filter(Boolean);
  if (round.commune && !known) remember(""); // no longer entrusted to this surveyor
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
  const said = h("p", { role: "status", tabindex: "-1" });
  const tally = async ({ code, text }) => {
    if (!app.round.commune) return said.replaceChildren(say("where_first"));
    const key = await interview.countRefusal(app.round, code);
    tell("moved");
    const undo = link(say("undo"), async () => {
      await remove("queue", key);
      said.replaceChildren(say("undone"));
      said.focus(); // what had the focus is gone
      tell("moved");
    });
    return said.replaceChildren(
      say("refusal_counted", { reason: pick(text) }),
      " ",
      undo,
    );
  };
  const choices = round.handout.refusals.map((one) =>
    quiet(capital(pick(one.text)), () => tally(one)),
  );
  box.append(h("p", { class: "actions" }, choices), said);
  return box;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

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
