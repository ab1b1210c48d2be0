// The library page: files are added, documents renamed and removed, without leaving the page.

import { acceptFiles, announce, confirmed, element, request, say, sendFile } from "./page.js";

// A passage file can hold thousands of documents.
const TOLD_COUNT = 10;

const uploads = document.getElementById("uploads");
let sending = Promise.resolve();

const path = (id) => `/api/documents/${encodeURIComponent(id)}`;

const listed = () => document.getElementById("listed");
const items = (list) => [...list.querySelectorAll("li[data-document]")];
const itemOf = (id, list = listed()) => items(list).find((item) => item.dataset.document === id);
const controls = (item) => [...item.querySelectorAll("a, button, input")];

/** Puts the list in the place of the old one as the server renders it, every text escaped. */
async function refresh() {
  const page = await (await fetch(location.pathname)).text();
  const fresh = document.adoptNode(
    new DOMParser().parseFromString(page, "text/html").getElementById("listed"),
  );
  // A file may be done at any moment: what the reader has chosen or begun to write stays.
  let focused = null;
  for (const item of items(listed())) {
    const now = itemOf(item.dataset.document, fresh);
    if (!now) continue;
    now.querySelector("[name=document]").checked = item.querySelector("[name=document]").checked;
    if (!formOf(item).hidden) {
      edit(now, true);
      formOf(now).elements.title.value = formOf(item).elements.title.value;
    }
    focused ??= controls(now)[controls(item).indexOf(document.activeElement)];
  }
  listed().replaceWith(fresh);
  focused?.focus();
  filter();
}

/** Adds one file and tells what was found in it. */
async function add(file, item) {
  const progress = element("progress", { max: 1, value: 0, "aria-label": file.name });
  const state = item.querySelector(".state");
  state.textContent = say("library.sending");
  item.append(progress);
  try {
    const added = await sendFile("/api/documents", file, (share) => {
      progress.value = share;
      if (share === 1) {
        progress.removeAttribute("value");
        state.textContent = say("library.reading");
      }
    });
    const [first] = added;
    state.textContent = say(`library.${first.change}`);
    item.append(...added.slice(0, TOLD_COUNT).map(found));
    if (added.length > TOLD_COUNT) {
      item.append(element("p", {}, say("library.more", { count: added.length - TOLD_COUNT })));
    }
    item.classList.add("good");
    await refresh();
  } catch (error) {
    state.textContent = say("library.failed");
    item.append(element("p", { class: "problem", dir: "auto" }, error.message));
    item.classList.add("bad");
  }
  progress.remove();
  announce(`${file.name}: ${state.textContent}`);
}

/** Returns what was found in a document that was added. */
function found(added) {
  const counts = Object.entries(added.counts).filter(([, count]) => count > 0);
  return element(
    "div",
    { class: "found" },
    element(
      "p",
      {},
      element("a", { href: `/documents/${encodeURIComponent(added.document)}`, dir: "auto" },
        added.title || added.document),
    ),
    element(
      "ul",
      { class: "counts" },
      ...counts.map(([name, count]) => element("li", {}, say(`library.count.${name}`, { count }))),
    ),
    added.findings.length === 0
      ? element("p", { class: "quiet" }, say("library.nothing_odd"))
      : element(
          "details",
          { open: added.findings.length <= 3 },
          element("summary", {}, say("library.odd", { count: added.findings.length })),
          element(
            "ul",
            { lang: "en", dir: "ltr" },
            ...added.findings.map((finding) => element("li", {}, finding)),
          ),
        ),
  );
}

acceptFiles(document.getElementById("upload"), (files) => {
  // One after the other: the library takes one file at a time anyway.
  for (const file of files) {
    const item = element(
      "li",
      {},
      element("bdi", { class: "file" }, file.name),
      " ",
      element("span", { class: "state" }, say("library.waiting")),
    );
    uploads.append(item);
    sending = sending.then(() => add(file, item));
  }
});

const formOf = (item) => item.querySelector("form.rename");

/** Shows the form for a title in the place of the title, or the title again. */
function edit(item, isEdited) {
  formOf(item).hidden = !isEdited;
  item.querySelector(".shown").hidden = isEdited;
}

function begin(item) {
  edit(item, true);
  formOf(item).reset();
  formOf(item).elements.title.focus();
  formOf(item).elements.title.select();
}

function end(item) {
  edit(item, false);
  item.querySelector("[data-act=rename]").focus();
}

async function rename(item) {
  const { document: id } = item.dataset;
  try {
    await request("PATCH", path(id), { title: formOf(item).elements.title.value });
    end(item);
    await refresh();
    announce(say("library.renamed", { document: id }));
  } catch (error) {
    complain(item, error);
  }
}

async function remove(item) {
  const { document: id } = item.dataset;
  if (!(await confirmed(document.getElementById("removal"), item.dataset.title))) return;
  try {
    await request("DELETE", path(id));
    await refresh();
    announce(say("library.removed", { document: id }));
    listed().focus();
  } catch (error) {
    complain(item, error);
  }
}

function complain(item, error) {
  item.querySelector(".problem")?.remove();
  item.append(element("p", { class: "problem", role: "alert" }, error.message));
}

document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  const item = event.target.closest("#listed li");
  if (act === "rename") begin(item);
  if (act === "cancel") end(item);
  if (act === "remove") remove(item);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form.rename")) {
    event.preventDefault();
    rename(event.target.closest("li"));
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("form.rename *")) {
    end(event.target.closest("li"));
  }
});

/** Shows the documents whose title or symbol holds what is sought. */
function filter() {
  const sought = document.getElementById("filter").value.trim().toLocaleLowerCase();
  let count = 0;
  for (const item of items(listed())) {
    const text = `${item.dataset.document} ${item.dataset.title}`.toLocaleLowerCase();
    item.hidden = !text.includes(sought);
    count += !item.hidden;
  }
  document.getElementById("shown-count").textContent = say("library.listed", { count });
}
document.getElementById("filter").addEventListener("input", filter);
