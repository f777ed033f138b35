// Shows how far a work has got without reloading the page.
//
//   <div data-refresh aria-live="polite">…</div>
//
// Every two seconds the page is read again and the block replaced; once the work is
// over the block is no longer there, and the whole page is shown anew. Without this
// script a link reloads the page.

const PAUSE = 2000; // ms between two looks
const SLOWER = 10000; // after a look that failed

async function look() {
  const block = document.querySelector("[data-refresh]");
  if (!block) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-refresh]");
    if (!next) return location.reload();
    if (next.textContent !== block.textContent) block.innerHTML = next.innerHTML;
    setTimeout(look, PAUSE);
  } catch {
    setTimeout(look, SLOWER);
  }
}

setTimeout(look, PAUSE);
