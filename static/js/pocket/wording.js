// The wording changed on the way: French or English, usual or easy to read.

import { app, replace, setPhone } from "./app.js";
import { h, link } from "./dom.js";
import { current, say } from "./words.js";

const LANGUAGES = { fr: "Français", en: "English" };

async function change(what) {
  await setPhone(what);
  if (app.interview) {
    const { language, easy } = current();
    Object.assign(app.interview, { language, is_easy: easy });
  }
  replace(history.state.name, history.state.given);
}

export function languageButton() {
  const other = current().language === "fr" ? "en" : "fr";
  const onclick = () => change({ language: other });
  const attributes = { class: "link", type: "button", lang: other, onclick };
  return h("button", attributes, LANGUAGES[other]);
}

export const languageLink = () => h("p", { class: "links" }, languageButton());

export const easySwitch = () =>
  current().language === "fr" &&
  link(say(current().easy ? "usual" : "easy"), () => change({ easy: !current().easy }));
