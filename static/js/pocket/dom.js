// Elements, written as they are read: `h("p", { class: "quiet" }, "Kept.")`.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((one) => one || one === 0));
  return element;
}

export const button = (text, onclick, kind = "button", more = {}) =>
  h("button", { type: "button", class: kind, onclick, ...more }, text);

export const big = (text, onclick) => button(text, onclick, "button big");
export const quiet = (text, onclick) => button(text, onclick, "button quiet");
export const link = (text, onclick) => button(text, onclick, "link");

// What only a screen reader needs, to tell one "Delete" from another.
export const unseen = (text) => h("span", { class: "visually-hidden" }, ` ${text}`);

let fields = 0;

// A field with its label above, and what is wrong with it once told.
export function field(label, attributes, hint = "") {
  const id = `f${(fields += 1)}`;
  const told = h("p", { class: "error", id: `${id}-told`, hidden: true });
  const described = [hint && `${id}-hint`, `${id}-told`].filter(Boolean).join(" ");
  const { tag = "input", options, ...rest } = attributes;
  const input = h(tag, { id, "aria-describedby": described, ...rest }, options ?? []);
  const box = h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    told,
    input,
  );
  const complain = (message) => {
    told.hidden = !message;
    told.textContent = message || "";
    box.classList.toggle("faulty", Boolean(message));
    input.setAttribute("aria-invalid", message ? "true" : "false");
    if (message) input.focus();
  };
  return { box, input, complain };
}

// A form that the page itself reads.
export function form(onsubmit, ...children) {
  const sent = (event) => {
    event.preventDefault();
    onsubmit();
  };
  return h("form", { novalidate: true, onsubmit: sent }, ...children);
}

// One box to tick or one circle to choose, as large as a thumb.
export const option = (text, attributes) =>
  h("label", { class: "option" }, h("input", attributes), h("span", {}, text));

const main = document.querySelector("main");
const status = document.querySelector("[data-status]");

// Replaces the screen; the title takes the focus, so that it is read first.
export function show(title, ...children) {
  main.replaceChildren(...children.flat().filter(Boolean));
  document.title = `${title} · Jalons`;
  const heading = main.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

// Says something without moving the reader.
export function announce(text) {
  status.textContent = text;
}
