// Opens a département of the map of France in place: its communes come from one static
// file, of which only its piece is asked for (`Range`), and their values beside it.
//
// The file is described in jalons/territories/pieces.py. Without this module, without
// the file, or when something fails, a département opens the page of its communes.

import "./map.js";

const SVG = "http://www.w3.org/2000/svg";
const LENGTH = 4;
// The index of a hundred départements is shorter: one request brings all of it.
const HEAD = 4096;
const MARGIN = 0.04;

async function part(url, from, to) {
  const headers = { Range: `bytes=${from}-${to - 1}` };
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  const bytes = await answer.arrayBuffer();
  // A server that gives no part gives the whole: heavier, as true.
  return answer.status === 206 ? bytes : bytes.slice(from, to);
}

async function unzipped(bytes) {
  const stream = new Blob([bytes]).stream();
  const plain = stream.pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).text();
}

async function readIndex(url) {
  let head = await part(url, 0, HEAD);
  const start = LENGTH + new DataView(head).getUint32(0, true);
  if (start > head.byteLength) head = await part(url, 0, start);
  return { start, pieces: JSON.parse(await unzipped(head.slice(LENGTH, start))) };
}

async function readPaths(url, index, code) {
  const { start, pieces } = await index;
  if (!pieces[code]) return null;
  const [begin, length] = pieces[code];
  const from = start + begin;
  const text = await unzipped(await part(url, from, from + length));
  return text.split("\n").map((line) => line.split("\t"));
}

async function readValues(href) {
  const url = new URL(href, window.location.href);
  url.pathname += "valeurs.json";
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

function commune(map, d, [fill, label]) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  path.dataset.label = label;
  if (/^c\d$/.test(fill)) path.setAttribute("class", fill);
  else path.setAttribute("fill", `url(#${map.id}-${fill})`);
  return path;
}

function start(figure) {
  const map = figure.querySelector("[data-map]");
  const whole = figure.querySelector("[data-whole]");
  const told = figure.querySelector("[data-told]");
  const url = figure.dataset.nation;
  const country = map.getAttribute("viewBox");
  const width = map.viewBox.baseVal.width;
  let index = null;

  // Marks of a fill keep their size on the screen, however near one looks.
  function look(box) {
    map.setAttribute("viewBox", box);
    const scale = map.viewBox.baseVal.width / width;
    for (const pattern of map.querySelectorAll("pattern")) {
      pattern.setAttribute("patternTransform", `scale(${scale})`);
    }
    whole.hidden = box === country;
    map.classList.toggle("near", box !== country);
  }

  function nearer(area) {
    const { x, y, width: across, height: down } = area.getBBox();
    const edge = MARGIN * Math.max(across, down);
    return [x - edge, y - edge, across + 2 * edge, down + 2 * edge].join(" ");
  }

  async function open(area) {
    index ??= readIndex(url);
    const code = area.dataset.href.split("?")[0].split("/").at(-2);
    const [paths, values] = await Promise.all([
      readPaths(url, index, code),
      readValues(area.dataset.href),
    ]);
    if (!paths) return window.location.assign(area.dataset.href);
    const known = paths.filter(([one]) => values.communes[one]);
    const drawn = known.map(([one, d]) => commune(map, d, values.communes[one]));
    look(nearer(area));
    area.replaceWith(...drawn);
    map.dispatchEvent(new CustomEvent("map:changed"));
    told.textContent = `${values.territory} – ${figure.dataset.opened} ${drawn.length}`;
    drawn[0]?.focus();
  }

  map.addEventListener("map:open", (event) => {
    event.preventDefault();
    const area = event.target;
    open(area).catch(() => {
      index = null;
      told.textContent = figure.dataset.failed;
      window.location.assign(area.dataset.href);
    });
  });
  whole.querySelector("button").addEventListener("click", () => {
    look(country);
    map.querySelector("[tabindex='0']")?.focus();
  });
}

for (const figure of document.querySelectorAll("[data-nation]")) {
  const canRead = figure.dataset.nation && "DecompressionStream" in window;
  if (canRead) start(figure);
}
