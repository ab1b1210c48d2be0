// What the reader's page does beyond its links: search, keys, the quote of an address.
const paragraphs = [...document.querySelectorAll(".paragraph")];
const search = document.querySelector(".search");
const field = search.querySelector("input");
const place = search.querySelector("[role=status]");
let hits = [];
let at = -1;

function target() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // no label is written so
  }
}

// An address `?quote=start-end#label` marks these code points of the paragraph. The server has
// done so already where the address names the paragraph before the `#` as well.
function mark() {
  const span = /^(\d+)-(\d+)$/.exec(new URLSearchParams(location.search).get("quote") ?? "");
  const text = target()?.querySelector(":scope > p");
  if (!span || !text || document.querySelector(".paragraph mark")) return;
  const points = [...text.textContent];
  const [start, end] = [Number(span[1]), Number(span[2])];
  if (start >= end || end > points.length) return;
  const marked = document.createElement("mark");
  const part = (from, to) => confined(points.slice(from, to).join(""));
  marked.append(...part(start, end));
  text.replaceChildren(...part(0, start), marked, ...part(end));
}

// What stands above may grow while fonts arrive, so the browser's own scrolling is made sure of.
function show() {
  const wanted = target();
  if (!wanted) return;
  const box = (wanted.querySelector("mark") ?? wanted).getBoundingClientRect();
  if (box.top < 0 || box.top > innerHeight * 0.8) wanted.scrollIntoView({ block: "start" });
}

function step(by) {
  const now = paragraphs.indexOf(target());
  const first = paragraphs.findIndex((one) => one.getBoundingClientRect().bottom > 80);
  const next = now < 0 ? first : now + by;
  const wanted = paragraphs[Math.max(0, Math.min(next, paragraphs.length - 1))];
  // In the place of the last one: the way back leads out of the report, not through it.
  location.replace(`#${encodeURIComponent(wanted.id)}`);
  wanted.querySelector(".label").focus({ preventScroll: true });
}

// Every range of the report whose text is what was typed, with any white space for white space.
function find(words) {
  const escaped = words.trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+");
  if (!escaped) return [];
  const pattern = new RegExp(escaped, "giu");
  const found = [];
  for (const one of paragraphs) {
    const nodes = document.createTreeWalker(one.querySelector(":scope > p"), NodeFilter.SHOW_TEXT);
    const texts = [];
    let length = 0;
    while (nodes.nextNode()) {
      texts.push([length, nodes.currentNode]);
      length += nodes.currentNode.data.length;
    }
    const point = (offset) => {
      const [start, node] = texts.findLast(([start]) => start <= offset);
      return [node, offset - start];
    };
    for (const match of texts.map(([, node]) => node.data).join("").matchAll(pattern)) {
      const range = new Range();
      range.setStart(...point(match.index));
      range.setEnd(...point(match.index + match[0].length));
      found.push(range);
    }
  }
  return found;
}

function move(by) {
  if (!hits.length) return;
  at = (at + by + hits.length) % hits.length;
  const here = hits[at];
  if (CSS.highlights) CSS.highlights.set("found-here", new Highlight(here));
  here.startContainer.parentElement.closest(".paragraph").scrollIntoView({ block: "center" });
  place.textContent = place.dataset.place.replace("{0}", at + 1).replace("{1}", hits.length);
}

let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    hits = find(field.value);
    at = -1;
    place.textContent = field.value.trim() ? place.dataset.none : "";
    if (CSS.highlights) {
      CSS.highlights.clear();
      CSS.highlights.set("found", new Highlight(...hits));
    }
    move(1);
  }, 120);
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  move(event.shiftKey ? -1 : 1);
});

search.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (button) move(Number(button.dataset.move));
});

document.addEventListener("keydown", (event) => {
  const key = shortcut(event);
  if (key === "/") {
    event.preventDefault();
    field.focus();
  }
  if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
});

// A narrow window has no room beside the text: there the contents wait until they are asked for.
const contents = document.querySelector(".contents details");
if (contents && matchMedia("(max-width: 900px)").matches) contents.open = false;
search.hidden = false;
mark();
addEventListener("hashchange", mark);
let hasMoved = false;
for (const moved of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  addEventListener(moved, () => (hasMoved = true), { once: true, passive: true });
}
addEventListener("load", () => document.fonts.ready.then(() => hasMoved || show()));
