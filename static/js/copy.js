// Copies the text of a field: a button that only this script shows.
//
//   <textarea id="message" readonly>…</textarea>
//   <button type="button" data-copy="message" data-copied="Copied" hidden>Copy</button>
//
// Without it the text is selected and copied by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!field) continue;
  button.hidden = false;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "visually-hidden";
  button.after(said);
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = said.textContent = button.dataset.copied;
      button.focus(); // what is selected takes it
    } catch {
      // Refused by the browser: the text is selected, the keyboard copies it.
    }
  });
}
