// Keeps what is typed in a block of a shared screen, and where its reader is, while the
// block is replaced.
//
//   <div data-live-block data-keep-for="4-collect">…<form data-keep-whole id="…">…
//
// It is kept as long as data-keep-for stays the same; a form that several people fill at
// once, data-keep-whole, is kept with what its writer had before their eyes, also while
// another form of its page is sent; so is one that was sent and had no answer,
// data-unanswered, while its block is replaced. What was refused, sent back in a form with
// data-refused, was typed too.

const TYPED = "jalons-typed"; // what waits in the other forms while one is sent
const TOKEN = "csrfmiddlewaretoken"; // each page has its own

export function twin(field, block) {
  if (field.id) return block.querySelector(`#${CSS.escape(field.id)}`);
  const named = block.querySelectorAll(`[name="${CSS.escape(field.name ?? "")}"]`);
  return [...named].find((one) => one.value === field.value);
}

// Of a field, the same one; of what has no name, what says the same words.
function heir(held, from, to) {
  if (to.contains(held)) return held;
  if (held.id || held.name) return twin(held, to);
  const words = (one) => one.getAttribute("aria-label") ?? one.textContent.trim();
  const alike = (block) =>
    [...block.querySelectorAll(held.localName)].filter((one) => words(one) === words(held));
  return alike(to)[alike(from).indexOf(held)] ?? alike(to)[0];
}

export const titles = (block) => [...block.querySelectorAll("h1, h2")];

export function focusOn(title) {
  title?.setAttribute("tabindex", "-1");
  title?.focus();
}

// Who held something in `from` goes on from there in `to`. New titles are told once, in
// the status given, but for the one that takes the focus.
export function goOn(held, from, to, status) {
  const known = titles(from).map((one) => one.textContent);
  const fresh = titles(to).filter((one) => !known.includes(one.textContent));
  const stop = held && heir(held, from, to);
  if (stop) stop.focus();
  else if (held) focusOn(fresh.shift() ?? titles(to)[0]);
  if (!fresh.length) return;
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.textContent = fresh.map((one) => one.textContent).join(". ");
  status?.replaceChildren(told);
}

function isChanged(field) {
  if (field.closest("[data-refused]")) return true;
  if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.options) {
    const options = [...field.options];
    const first = options.find((one) => one.defaultSelected) ?? options[0];
    return options.some((one) => one.selected !== (one.defaultSelected || one === first));
  }
  return field.value !== field.defaultValue;
}

export function keepTyped(from, to) {
  if (!from.dataset.keepFor || from.dataset.keepFor !== to.dataset.keepFor) return;
  for (const field of from.querySelectorAll("[name]:not([type=hidden])")) {
    if (!isChanged(field)) continue;
    const whole = field.closest("[data-keep-whole], [data-unanswered]");
    if (to.contains(whole)) continue;
    if (whole) twin(whole, to)?.replaceWith(whole);
    const same = !whole && twin(field, to);
    if (!same) continue;
    if (["radio", "checkbox"].includes(field.type)) same.checked = field.checked;
    else same.value = field.value;
  }
}

function isTyped(field) {
  return field.name && field.type !== "hidden" && isChanged(field);
}

export function remember({ target, defaultPrevented }) {
  if (defaultPrevented) return; // the page stays
  const block = target.closest?.("[data-live-block][data-keep-for]");
  if (!block) return;
  const typed = [...block.querySelectorAll("form[data-keep-whole][id]")]
    .filter((form) => form !== target && [...form.elements].some(isTyped))
    .map((form) => [form.id, [...new FormData(form)].filter(([name]) => name !== TOKEN)]);
  sessionStorage.setItem(TYPED, JSON.stringify([block.dataset.keepFor, typed]));
}

export function recall() {
  const [kept, typed] = JSON.parse(sessionStorage.getItem(TYPED) ?? "[null, []]");
  sessionStorage.removeItem(TYPED);
  const block = kept && document.querySelector(`[data-keep-for="${CSS.escape(kept)}"]`);
  if (!block) return;
  for (const [id, values] of typed) {
    const form = block.querySelector(`form#${CSS.escape(id)}`);
    for (const [name, value] of values) if (form?.elements[name]) form.elements[name].value = value;
  }
}
