// Checks a form while it is filled in, without keeping anything.
//
//   <form data-check> … <div data-check-result>…</div> <button name="do" value="check">
//
// The server checks; the part of its page that says what it found replaces ours.
// Without this script the button "check" shows the same on a whole page.

const PAUSE = 500; // ms without a keystroke before asking

const form = document.querySelector("form[data-check]");
let timer;
let last = 0;

async function check() {
  const turn = ++last;
  const data = new FormData(form);
  data.set("do", "check");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    const text = await answer.text();
    if (!answer.ok || turn !== last) return; // a later keystroke asked again
    const page = new DOMParser().parseFromString(text, "text/html");
    const found = page.querySelector("[data-check-result]");
    const shown = form.querySelector("[data-check-result]");
    if (found && shown.innerHTML !== found.innerHTML) shown.innerHTML = found.innerHTML;
  } catch {
    // No network: the button still checks, and keeping checks again.
  }
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
});
