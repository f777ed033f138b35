// Whom the team still hopes to hear, as the phone last knew.

import { h } from "./dom.js";
import { dated, pick, say } from "./words.js";

// A help, never a target.
export function wanted(round) {
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
