// Which questions are asked, and what an answer may be: the same rules as the server
// (`questionnaires/answers.py`, `questionnaires/values.py`); one table of cases is run
// through both.

export const DONT_KNOW = "dont_know";
export const NOT_CONCERNED = "not_concerned";
const LIMIT = { short_text: 200, long_text: 2000 };
const NUMBER = /^[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?$/;

export function isMet(condition, answers) {
  if (!condition) return true;
  const answer = answers[condition.question];
  const chosen = Array.isArray(answer) ? answer : [answer];
  return chosen.some((one) => condition.any_of.includes(one));
}

// The questions asked, in order; an answer to a question not asked decides nothing.
export function asked(definition, answers) {
  const kept = {};
  const found = [];
  for (const section of definition.sections) {
    if (!isMet(section.show_if, kept)) continue;
    for (const question of section.questions) {
      if (!isMet(question.show_if, kept)) continue;
      kept[question.code] = answers[question.code];
      found.push({ section, question });
    }
  }
  return found;
}

// How many screens at most: a question still to come may have any answer. With `isSure`,
// at least: it has none.
export function howMany(definition, answers, passed, isSure = false) {
  const known = new Set(passed);
  const kept = {};
  const mayBe = (condition) => {
    if (!condition) return true;
    if (known.has(condition.question)) return isMet(condition, kept);
    return !isSure && condition.question in kept;
  };
  let count = 0;
  for (const section of definition.sections) {
    if (!mayBe(section.show_if)) continue;
    for (const question of section.questions) {
      if (!mayBe(question.show_if)) continue;
      kept[question.code] = answers[question.code];
      count += question.consent ? 0 : 1;
    }
  }
  return count;
}

// Contacts have their own screen and their own record: never among the answers.
export const onScreen = (definition, answers) =>
  asked(definition, answers).filter(({ question }) => !question.consent);

function profileOf(definition, answers) {
  for (const { questions } of definition.sections) {
    const question = questions.find((one) => one.role === "profile");
    const codes = (question?.options ?? []).map((option) => option.code);
    if (codes.includes(answers[question?.code])) return answers[question.code];
  }
  return null;
}

export function optionsOf(definition, question, answers) {
  const profile = profileOf(definition, answers);
  return (question.options ?? []).filter(
    ({ profiles = [] }) => !profile || !profiles.length || profiles.includes(profile),
  );
}

export function codesOf(question, options = question.options ?? []) {
  const codes = options.map((option) => option.code);
  if (question.allows_not_concerned) codes.push(NOT_CONCERNED);
  if (question.allows_dont_know) codes.push(DONT_KNOW);
  return codes;
}

// What is left to send: answers to questions asked, options that are offered.
export function kept(definition, answers) {
  const offered = {};
  const found = {};
  for (const { questions } of definition.sections) {
    for (const question of questions) {
      const codes = codesOf(question, optionsOf(definition, question, answers));
      offered[question.code] = cleaned(question, answers[question.code], codes);
    }
  }
  for (const { question } of asked(definition, offered)) {
    const value = offered[question.code];
    if (value !== undefined && !question.consent) found[question.code] = value;
  }
  return found;
}

function cleaned(question, value, codes) {
  if (value === undefined || value === null || value === "") return undefined;
  if (question.type === "single" || question.type === "scale") {
    return codes.includes(value) ? value : undefined;
  }
  if (question.type === "multiple") {
    const ticked = codes.filter((code) => value.includes(code));
    return ticked.length ? ticked : undefined;
  }
  if (question.type === "ranking") {
    const ranked = value.filter((code) => codes.includes(code));
    return ranked.length ? ranked : undefined;
  }
  if (question.type === "matrix") {
    const lines = question.rows
      .filter((row) => codes.includes(value[row.code]))
      .map((row) => [row.code, value[row.code]]);
    return lines.length ? Object.fromEntries(lines) : undefined;
  }
  return value;
}

// One box more or less: an exclusive answer empties the others, and the other way round.
export function ticked(question, value, code) {
  const before = value ?? [];
  if (before.includes(code)) return before.filter((one) => one !== code);
  const isAlone = (one) =>
    one === DONT_KNOW || question.options.some((o) => o.code === one && o.is_exclusive);
  if (isAlone(code)) return [code];
  const after = [...before.filter((one) => !isAlone(one)), code];
  if (question.type === "ranking") return after;
  return codesOf(question).filter((one) => after.includes(one));
}

export const isFull = (question, value) =>
  Boolean(question.max_choices) && (value ?? []).length >= question.max_choices;

// What a person typed: the value to keep, or the word of what to mend.
export function typed(question, text) {
  const said = question.type === "short_text" ? text.split(/\s+/).join(" ") : text;
  const value = said.trim();
  if (!value) return { value: undefined };
  if (question.type === "number") return number(question, value.replace(/\s/g, ""));
  if (question.type === "date") {
    const { earliest, latest } = question;
    const isOut = (earliest && value < earliest) || (latest && value > latest);
    return isOut ? { mend: "mend_date" } : { value };
  }
  if (value.length > (question.max_length ?? LIMIT[question.type])) {
    return { mend: "mend_length" };
  }
  return { value };
}

function number({ minimum, maximum }, text) {
  if (!NUMBER.test(text)) return { mend: "mend_number" };
  const value = Number(text.replace(",", "."));
  if (minimum !== undefined && value < minimum) return { mend: "mend_low" };
  if (maximum !== undefined && value > maximum) return { mend: "mend_high" };
  return { value };
}

export function isWhole(question, answer) {
  if (question.type !== "matrix") return answer !== undefined;
  return Object.keys(answer ?? {}).length === question.rows.length;
}
