// Shows how far a work has got without reloading the page.
//
//   <div data-refresh aria-live="polite">…</div>
//
// Every two seconds the page is read again, and what changed in the block is replaced, so
// that only that is announced and the focus stays; once the work is over the block is no
// longer there, and the whole page is shown anew. Without this script a link reloads it.

const PAUSE = 2000; // ms between two looks
const SLOWER = 10000; // after a look that failed

function mend(block, next) {
  const held = block.contains(document.activeElement);
  const [old, now] = [block, next].map((one) => [...one.children]);
  if (old.length === now.length) {
    old.forEach((one, place) => {
      if (one.localName === "progress") one.value = now[place].value; // its line says it
      else if (one.textContent !== now[place].textContent) one.replaceWith(now[place]);
    });
  } else block.replaceChildren(...now);
  if (!held || block.contains(document.activeElement)) return;
  block.tabIndex = -1;
  block.focus();
}

async function look() {
  const block = document.querySelector("[data-refresh]");
  if (!block) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-refresh]");
    if (!next) return location.reload();
    mend(block, next);
    setTimeout(look, PAUSE);
  } catch {
    setTimeout(look, SLOWER);
  }
}

setTimeout(look, PAUSE);
