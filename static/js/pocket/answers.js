// How each type of question is answered on a screen: native controls, as large as a
// thumb. `given(value)` is called at every change.

import { app } from "./app.js";
import { field, h, option } from "./dom.js";
import * as rules from "./rules.js";
import { pick, say } from "./words.js";

const MANY = 12; // beyond, a list to unfold rather than circles

export const named = (question, code) => {
  if (code === rules.DONT_KNOW) return say("dont_know");
  if (code === rules.NOT_CONCERNED) return say("not_concerned");
  return pick(question.options.find((one) => one.code === code).text);
};

const offered = (question) =>
  rules.codesOf(
    question,
    rules.optionsOf(app.definition, question, app.interview.answers),
  );

export function control(question, value, given) {
  const draw = {
    single: circles,
    scale: circles,
    multiple: boxes,
    ranking: ranks,
    matrix,
    territory,
  }[question.type];
  return (draw ?? written)(question, value, given);
}

const circles = (question, value, given) =>
  h(
    "div",
    { class: "options" },
    offered(question).map((code) =>
      option(named(question, code), {
        type: "radio",
        name: question.code,
        value: code,
        checked: value === code,
        onchange: () => given(code),
      }),
    ),
  );

// Boxes redraw their own state: an exclusive answer unticks the others.
function boxes(question, value, given) {
  let now = value ?? [];
  const inputs = new Map();
  const settle = () => {
    for (const [code, input] of inputs) {
      input.checked = now.includes(code);
      input.disabled = isShut(question, now, code);
    }
  };
  const toggle = (code) => {
    now = rules.ticked(question, now, code);
    settle();
    given(now.length ? now : undefined);
  };
  const labels = offered(question).map((code) => {
    const label = option(named(question, code), {
      type: "checkbox",
      name: question.code,
      value: code,
      onchange: () => toggle(code),
    });
    inputs.set(code, label.querySelector("input"));
    return label;
  });
  settle();
  return h("div", { class: "options" }, labels);
}

// Once as many answers as allowed are ticked, the others wait for one to be unticked.
function isShut(question, now, code) {
  if (now.includes(code) || !rules.isFull(question, now)) return false;
  return rules.ticked(question, now, code).length > question.max_choices;
}

function ranks(question, value, given) {
  let now = value ?? [];
  const box = h("div", { class: "options" });
  const draw = () =>
    box.replaceChildren(
      ...offered(question).map((code) => {
        const rank = now.indexOf(code) + 1;
        const label = `${rank ? `${rank}. ` : ""}${named(question, code)}`;
        const attributes = {
          type: "button",
          class: "option",
          "aria-pressed": String(rank > 0),
          disabled: isShut(question, now, code),
        };
        return h("button", { ...attributes, onclick: () => press(code) }, label);
      }),
    );
  const press = (code) => {
    now = rules.ticked(question, now, code);
    given(now.length ? now : undefined);
    draw();
    const buttons = [...box.children];
    buttons[offered(question).indexOf(code)].focus();
  };
  draw();
  return box;
}

function matrix(question, value, given) {
  const now = { ...value };
  const codes = offered(question);
  return h(
    "div",
    { class: "question" },
    question.rows.map((row) =>
      h(
        "fieldset",
        { class: "line" },
        h("legend", {}, pick(row.text)),
        h(
          "div",
          { class: "options scale" },
          codes.map((code) =>
            option(named(question, code), {
              type: "radio",
              name: `${question.code}.${row.code}`,
              value: code,
              checked: now[row.code] === code,
              onchange: () => {
                now[row.code] = code;
                given({ ...now });
              },
            }),
          ),
        ),
      ),
    ),
  );
}

function territory(question, value, given) {
  const { communes } = app.round.handout;
  const chosen = value ?? "";
  if (communes.length <= MANY) {
    const labels = communes.map(({ code, name }) => {
      const checked = chosen === code;
      const onchange = () => given(code);
      const about = { type: "radio", name: question.code, value: code };
      return option(name, { ...about, checked, onchange });
    });
    return h("div", { class: "options" }, labels);
  }
  const options = [
    h("option", { value: "" }, say("choose")),
    ...communes.map(({ code, name }) =>
      h("option", { value: code, selected: chosen === code }, name),
    ),
  ];
  const onchange = (event) => given(event.target.value || undefined);
  return field(say("commune"), { tag: "select", options, onchange }).box;
}

const KEYBOARDS = {
  number: { inputmode: "decimal", autocomplete: "off" },
  date: { type: "date" },
  long_text: { tag: "textarea", rows: "4" },
};

function written(question, value, given) {
  const written = field(
    say("your_answer") + (question.unit ? ` (${pick(question.unit)})` : ""),
    { ...KEYBOARDS[question.type], value: value === undefined ? "" : String(value) },
  );
  if (question.type === "long_text") written.input.value = value ?? "";
  // Nothing is kept of a text to mend; it is told once typed, and before going on.
  const read = () => rules.typed(question, written.input.value);
  written.input.addEventListener("input", () => {
    const { value: said, mend } = read();
    if (!mend) written.complain("");
    given(mend ? undefined : said);
  });
  written.input.addEventListener("change", () => {
    const { mend } = read();
    written.complain(mend && say(mend, { ...question }));
  });
  return written.box;
}
