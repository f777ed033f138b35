// Walks a map: one tab stop, arrows go to the nearest neighbour, Enter opens.
//
// Without this module the map is an image beside its table. The line under the
// map (`<p id="{map id}-line" hidden>`) shows the name on focus, hover and touch;
// it is not announced, because the focused area already says the same words.
//
// Whoever opens areas otherwise listens to `map:open` and prevents it; after adding or
// taking away areas, `map:changed` is sent to the map (`nation.js`).

const SVG = "http://www.w3.org/2000/svg";
const RING = [["class", "ring"], ["fill", "none"], ["pointer-events", "none"]];
const DIRECTIONS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function centre(area) {
  const box = area.getBBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// The nearest area ahead, a step aside costing twice a step forward. What lies more
// to the side than ahead belongs to another arrow, unless nothing else is left.
function neighbour(areas, from, [dx, dy]) {
  const [x, y] = centre(from);
  let best = null;
  for (const area of areas) {
    const [cx, cy] = centre(area);
    const ahead = (cx - x) * dx + (cy - y) * dy;
    const aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    const cost = ahead + 2 * aside + (aside > ahead ? 1e6 : 0);
    if (ahead > 0 && cost < (best?.cost ?? Infinity)) best = { area, cost };
  }
  return best?.area;
}

// An image hides its parts from screen readers; an application hands them over,
// with the arrow keys. The <title> goes: browsers show it as a tooltip everywhere.
function openUp(map, areas) {
  const title = map.querySelector("title");
  map.setAttribute("role", "application");
  map.setAttribute("aria-label", title.textContent);
  map.removeAttribute("aria-labelledby");
  title.remove();
  // Chromium gives a tab stop to any SVG that listens to focus events.
  map.tabIndex = -1;
  name(areas);
}

function name(areas) {
  for (const area of areas) {
    area.setAttribute("role", area.dataset.href ? "link" : "img");
    area.setAttribute("aria-label", area.dataset.label);
    area.tabIndex = -1;
  }
  areas[0].tabIndex = 0;
}

function areasOf(map) {
  return [...map.querySelectorAll("[data-label]")];
}

function walk(map) {
  let areas = areasOf(map);
  if (!areas.length) return;
  const line = document.getElementById(`${map.id}-line`);
  const ring = document.createElementNS(SVG, "path");
  let current = areas[0];
  let byTouch = false;
  let touched = null;

  function show(area) {
    ring.setAttribute("d", area.getAttribute("d"));
    if (line) line.textContent = area.dataset.label;
  }

  function open(area) {
    if (!area.dataset.href) return;
    const asked = new CustomEvent("map:open", { bubbles: true, cancelable: true });
    if (area.dispatchEvent(asked)) window.location.assign(area.dataset.href);
  }

  openUp(map, areas);
  for (const [name, value] of RING) ring.setAttribute(name, value);
  map.append(ring);
  if (line) line.hidden = false;

  map.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const ends = { Home: areas[0], End: areas.at(-1) };
    const direction = DIRECTIONS[event.key];
    if (event.key === "Enter") open(current);
    if (!direction && !ends[event.key]) return;
    event.preventDefault();
    (ends[event.key] ?? neighbour(areas, current, direction))?.focus();
  });

  map.addEventListener("focusin", ({ target }) => {
    if (!areas.includes(target)) return;
    current.tabIndex = -1;
    current = target;
    current.tabIndex = 0;
    show(current);
  });
  map.addEventListener("map:changed", () => {
    areas = areasOf(map);
    name(areas);
    current = areas[0];
  });
  map.addEventListener("focusout", () => ring.removeAttribute("d"));

  map.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "mouse" && target.dataset.label) show(target);
  });

  // A finger cannot hover: the first touch names the area, the second opens it.
  map.addEventListener("pointerdown", ({ pointerType }) => {
    byTouch = pointerType === "touch";
  });
  map.addEventListener("click", ({ target }) => {
    if (!target.dataset.label) return;
    if (!byTouch || touched === target) open(target);
    touched = target;
    target.focus();
  });
}

document.querySelectorAll("[data-map]").forEach(walk);
