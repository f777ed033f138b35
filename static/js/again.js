// Sends a form given back with the word against forgery of now: signing in, in another
// tab, changed it. Without this script the site asks for one press more.
//
//   <form method="post" data-again>…</form>
//
// What autosave.js kept of this page on the device goes away with `data-forget`: the
// next person at this computer may open the same form.

const form = document.querySelector("form[data-again]");
const now = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

form?.addEventListener("submit", () => {
  const word = now();
  if (word) form.elements.csrfmiddlewaretoken.value = word;
});
if (form && "forget" in form.dataset) {
  try {
    localStorage.removeItem(`jalons:${location.pathname}`);
  } catch {
    // Nothing is kept where nothing may be.
  }
}
