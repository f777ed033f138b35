// Reads aloud with the voices of the device alone: what is asked goes to nobody.

import { button } from "./dom.js";
import { current, say } from "./words.js";

const isPossible = "speechSynthesis" in globalThis;

const voice = () =>
  speechSynthesis
    .getVoices()
    .find((one) => one.localService && one.lang.startsWith(current().language));

export const hush = () => isPossible && speechSynthesis.cancel();

// The button that reads `texts()`; hidden while no local voice speaks the language.
export function speaker(texts) {
  if (!isPossible) return null;
  const listen = button(say("listen"), toggle, "button quiet");
  const settle = () => {
    listen.hidden = !voice();
  };
  const back = () => {
    listen.textContent = say("listen");
  };
  function toggle() {
    if (speechSynthesis.speaking) return hush();
    const words = new SpeechSynthesisUtterance(texts().filter(Boolean).join(". "));
    words.voice = voice();
    words.lang = words.voice.lang;
    words.rate = 0.9;
    words.onend = back;
    words.onerror = back;
    listen.textContent = say("stop_listening");
    speechSynthesis.speak(words);
  }
  speechSynthesis.addEventListener?.("voiceschanged", settle);
  settle();
  return listen;
}
