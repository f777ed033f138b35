// The words of the screens, in the language chosen on this phone.

const texts = JSON.parse(document.getElementById("words").textContent);
let language = document.documentElement.lang;
let easy = false;

export function choose(code, isEasy) {
  language = code in texts ? code : "fr";
  easy = Boolean(isEasy) && language === "fr";
  document.documentElement.lang = language;
}

export const current = () => ({ language, easy });

// `say("kept")`, `say("question_of", { number: 3, count: 20 })`.
export const say = (name, values = {}) =>
  Object.entries(values).reduce(
    (text, [key, value]) => text.replaceAll(`%(${key})s`, value),
    texts[language][name] ?? name,
  );

// `count("waiting", 3)` says `waiting_one` or `waiting_many`; French counts 0 as one.
export const count = (name, number, values = {}) => {
  const isOne = language === "fr" ? number < 2 : number === 1;
  return say(`${name}_${isOne ? "one" : "many"}`, { count: number, ...values });
};

// A text of the questionnaire, in its wordings.
export function pick(text) {
  if (!text) return "";
  if (typeof text === "string") return text;
  if (language === "en") return text.en || text.fr;
  return (easy && text.fr_easy) || text.fr || text.en;
}

const day = { weekday: "long", day: "numeric", month: "long" };
const hour = { hour: "2-digit", minute: "2-digit" };

// A day without hours is written without them: "2026-11-26".
export const dated = (moment) =>
  moment.length > 10
    ? new Date(moment).toLocaleString(language, { ...day, ...hour })
    : new Date(`${moment}T12:00`).toLocaleDateString(language, day);
