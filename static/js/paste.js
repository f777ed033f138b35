// What a word processor or a page gives to paste keeps its subtitles, lists, bold,
// links and tables: the server turns it into the marks that the field understands.
// Without network, the browser's own plain words are pasted instead.
//
//   <form method="post" data-paste="/coller/">…<textarea></textarea>…</form>

const form = document.querySelector("form[data-paste]");
const MARKED = /<(?:a|b|h[1-6]|li|strong|table)[\s>]|mso-list|font-weight/i;

async function written(html) {
  const body = new FormData();
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  body.set("csrfmiddlewaretoken", token.value);
  body.set("html", html);
  const answer = await fetch(form.dataset.paste, { method: "POST", body });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.text();
}

async function paste(event) {
  const area = event.target.closest("textarea");
  const html = event.clipboardData?.getData("text/html");
  if (!area || !html || !MARKED.test(html)) return; // plain words paste by themselves
  const plain = event.clipboardData.getData("text/plain");
  const { selectionStart: start, selectionEnd: end } = area;
  event.preventDefault();
  area.readOnly = true; // nothing is typed where the words are about to come
  const words = await written(html).catch(() => plain);
  area.readOnly = false;
  area.setRangeText(words, start, end, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

form?.addEventListener("paste", paste);
