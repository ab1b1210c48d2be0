// The page of question files: a file is looked at, started, followed, and its answers are read.
// The address names the job, so the page can be closed and opened again while it runs.

import {
  acceptFiles, announce, confirmed, duration, element, language, request, say,
} from "./page.js";

const ROWS_SHOWN = 50;
const POLL_MILLISECONDS = 1000;
// Asking for rows may take the server this share of the time at most.
const ROWS_SHARE = 0.1;
const NEAREST_SHOWN = 3;

const place = (id) => document.getElementById(id);
const path = (job, rest = "") => `/api/batch/${encodeURIComponent(job)}${rest}`;
const percent = (share) =>
  new Intl.NumberFormat(language, { style: "percent" }).format(Math.floor(share * 100) / 100);

// A new file

let file = null;

function formOf(documents = []) {
  const form = new FormData();
  form.append("file", file);
  for (const id of documents) form.append("documents", id);
  return form;
}

async function preview([chosen]) {
  if (!chosen) return;
  file = chosen;
  place("preview").hidden = true;
  place("file-state").textContent = say("questions.reading", { file: file.name });
  place("file-problem").textContent = "";
  try {
    show(await request("POST", "/api/batch/preview", formOf()));
    place("file-state").textContent = "";
  } catch (error) {
    place("file-state").textContent = "";
    place("file-problem").textContent = error.message;
  }
}

function show(found) {
  place("found").textContent = say("questions.found", {
    file: found.file,
    count: found.question_count,
  });
  place("column").textContent =
    found.column === null
      ? say("questions.lines")
      : say("questions.column", { column: found.column }) +
        (found.sheet === null ? "" : ` ${say("questions.sheet", { sheet: found.sheet })}`);
  place("bad-rows").textContent =
    found.failed_count === 0 ? "" : say("questions.bad_rows", { count: found.failed_count });
  const areNamed = found.rows.some((row) => row.documents.length > 0);
  place("of-documents").hidden = !areNamed;
  place("first-rows").replaceChildren(
    ...found.rows.map((row) =>
      element(
        "tr",
        { class: row.error === null ? null : "bad" },
        element("th", { scope: "row" }, element("bdi", {}, row.id)),
        element(
          "td",
          { dir: "auto" },
          row.question,
          row.error !== null && element("p", { class: "problem" }, row.error),
          row.context.length > 0 &&
            element(
              "p",
              { class: "quiet" },
              say("questions.after", { questions: row.context.join(" · ") }),
            ),
        ),
        areNamed && element("td", {}, element("bdi", {}, row.documents.join(", "))),
      ),
    ),
  );
  place("preview").hidden = false;
  place("start").focus();
}

async function start() {
  const documents = [...document.querySelectorAll("[name=documents]:checked")];
  place("start").disabled = true;
  try {
    const job = await request("POST", "/api/batch", formOf(documents.map((box) => box.value)));
    discard();
    open(job.job);
    place("job-title").focus();
  } catch (error) {
    place("file-problem").textContent = error.message;
  }
  place("start").disabled = false;
}

function discard() {
  file = null;
  place("preview").hidden = true;
  place("file-problem").textContent = "";
}

acceptFiles(place("upload"), preview);
place("start").addEventListener("click", start);
place("discard").addEventListener("click", () => {
  discard();
  place("upload").querySelector("input").focus();
});

// The job that is shown

let shown = null; // its name
let job = null; // as the server told it last
let view = { kind: "all", first: 0 };
let rows = []; // the answers of the page of the table, as the server told them last
let rowsDue = 0; // when they may be asked for again

const isEnded = (one) => ["done", "failed", "stopped"].includes(one.state);

function open(name) {
  if (new URLSearchParams(location.search).get("job") !== name) {
    history.pushState(null, "", `?job=${encodeURIComponent(name)}`);
  }
  shown = name;
  job = null;
  view = { kind: "all", first: 0 };
  rows = [];
  place("rows").replaceChildren();
  place("jobs-problem").textContent = "";
  follow();
}

let waiting = null;

/** Asks how the job is, now and then again while it runs and somebody looks. */
async function follow() {
  clearTimeout(waiting);
  const name = shown;
  if (name !== null && !document.hidden) {
    try {
      const now = await request("GET", path(name));
      if (name !== shown) return;
      const before = job;
      job = now;
      place("job-problem").textContent = now.error ?? "";
      tell(before);
      const isOther = before?.state !== now.state;
      if (isOther || (before.done !== now.done && performance.now() > rowsDue)) await refreshRows();
      if (isOther) await listJobs();
    } catch (error) {
      if (job === null) {
        close();
        place("jobs-problem").textContent = error.message;
      } else {
        place("job-problem").textContent = error.message;
      }
    }
  }
  if (shown !== null && !(job && isEnded(job))) {
    waiting = setTimeout(follow, POLL_MILLISECONDS);
  }
}

function tell(before) {
  const state = say(`questions.state.${job.state}`);
  place("job").hidden = false;
  place("job-file").replaceChildren(...confined(job.file));
  place("job-state").textContent = state;
  place("job-state").dataset.state = job.state;
  place("progress").max = job.total;
  place("progress").value = job.done;
  place("done").textContent = say("questions.progress", { done: job.done, total: job.total });
  place("remaining").textContent =
    job.remaining_seconds === null
      ? ""
      : say("questions.remaining", { time: duration(job.remaining_seconds) });
  place("asked-of").textContent =
    job.documents.length === 0
      ? ""
      : say("questions.asked_of", { documents: job.documents.join(", ") });
  place("stop").hidden = isEnded(job);
  place("resume").hidden = !["stopped", "failed"].includes(job.state);
  place("again").hidden = !(job.state === "done" && job.failed > 0);
  place("remove").hidden = !isEnded(job);
  for (const link of document.querySelectorAll("[data-format]")) {
    link.href = path(job.job, `/answers?format=${link.dataset.format}`);
  }
  // Said when it changes, not with every question.
  if (before?.state !== job.state) {
    announce(`${job.file}: ${state}. ${place("done").textContent}`);
  }
}

async function act(method, rest) {
  try {
    await request(method, path(shown, rest));
  } catch (error) {
    place("job-problem").textContent = error.message;
    return;
  }
  // The state as it was counts no longer: what was ended may run again.
  job = { ...job, state: null };
  await follow();
}

place("stop").addEventListener("click", async () => {
  await act("POST", "/stop");
  place("job-title").focus();
});
for (const id of ["resume", "again"]) {
  place(id).addEventListener("click", async () => {
    await act("POST", "/resume");
    place("job-title").focus();
  });
}
place("remove").addEventListener("click", async () => {
  if (!(await confirmed(place("removal"), job.file))) return;
  try {
    await request("DELETE", path(shown));
  } catch (error) {
    place("job-problem").textContent = error.message;
    return;
  }
  announce(say("questions.removed", { file: job.file }));
  history.pushState(null, "", location.pathname);
  close();
  await listJobs();
  place("earlier-title").focus();
});

function close() {
  shown = job = null;
  place("job").hidden = true;
}

// Its answers

async function refreshRows() {
  const { kind, first } = view;
  const name = shown;
  const query = new URLSearchParams({ kind, first, count: ROWS_SHOWN });
  const asked = performance.now();
  const page = await request("GET", path(name, `/review?${query}`));
  rowsDue = performance.now() + (performance.now() - asked) / ROWS_SHARE;
  if (name !== shown || view.kind !== kind || view.first !== first) return;
  for (const each of document.querySelectorAll("[data-count]")) {
    each.textContent = new Intl.NumberFormat(language).format(page.counts[each.dataset.count]);
  }
  const count = page.counts[kind];
  place("no-rows").hidden = count > 0;
  place("answers").hidden = count === 0;
  place("pager").hidden = count <= ROWS_SHOWN;
  place("previous").disabled = first === 0;
  place("next").disabled = first + ROWS_SHOWN >= count;
  place("which").textContent = say("questions.page", {
    first: count && first + 1,
    last: Math.min(first + ROWS_SHOWN, count),
    total: count,
  });
  // Rows that are there already stay, and what is opened in them.
  const isSame = (answer, index) => JSON.stringify(answer) === JSON.stringify(rows[index]);
  const isLonger = page.answers.length >= rows.length;
  const kept = isLonger && page.answers.slice(0, rows.length).every(isSame) ? rows.length : 0;
  if (kept === 0) place("rows").replaceChildren();
  place("rows").append(...page.answers.slice(kept).flatMap(rowsOf));
  rows = page.answers;
}

/** Returns the row of an answer and the one below it that its sources are shown in. */
function rowsOf(answer) {
  const text = answer.error ?? answer.answer;
  const detail = element("tr", { class: "detail", role: "row", hidden: true });
  const opener = element(
    "button",
    { type: "button", class: "opener", "aria-expanded": "false", dir: "auto" },
    answer.question || "–",
  );
  const toggle = () => {
    const isOpen = detail.hidden;
    detail.hidden = !isOpen;
    opener.setAttribute("aria-expanded", isOpen);
    if (isOpen && !detail.firstChild) detail.append(sourcesOf(answer));
  };
  const row = element(
    "tr",
    { class: `answer ${answer.status}`, role: "row" },
    element("th", { scope: "row", role: "rowheader", class: "number" },
      element("bdi", {}, answer.id)),
    element("td", { role: "cell", class: "question" }, opener),
    element(
      "td",
      { role: "cell", class: "text" },
      answer.short_answers.length > 0 &&
        element("strong", { class: "short", dir: "auto" }, answer.short_answers.join("; ")),
      element("p", { class: "clipped", dir: "auto" }, text),
    ),
    element(
      "td",
      { role: "cell", class: "sources" },
      ...answer.citations.map((citation) =>
        element("a", { href: linkOf(citation), dir: "auto" }, citation.label),
      ),
    ),
    element(
      "td",
      { role: "cell", class: "confidence" },
      answer.status === "answered"
        ? percent(answer.confidence)
        : say(answer.status === "error" ? "questions.state.failed" : "questions.refused"),
    ),
  );
  row.addEventListener("click", (event) => {
    // Text may be chosen and links followed without opening the row.
    if (!event.target.closest("a") && !String(getSelection())) toggle();
  });
  return [row, detail];
}

/** Returns the address of a citation with its quote marked. */
function linkOf(citation) {
  const link = new URL(citation.link, location.origin);
  link.searchParams.set("paragraph", citation.paragraph);
  link.searchParams.set("quote", `${citation.start}-${citation.end}`);
  return link.pathname + link.search + link.hash;
}

/** Returns the cell with the whole answer and each of its sources in its paragraph. */
function sourcesOf(answer) {
  const cell = element(
    "td",
    { colspan: 5, role: "cell" },
    element("p", { class: "whole", dir: "auto" }, answer.error ?? answer.answer),
  );
  const sources = answer.citations.map((citation) =>
    sourceOf(citation, {
      name: `[${citation.marker}] ${[citation.label, ...citation.section].join(" · ")}`,
      link: linkOf(citation),
    }),
  );
  if (answer.status === "not_found" && answer.passages.length > 0) {
    cell.append(element("h4", {}, say("questions.nearest")));
    for (const passage of answer.passages.slice(0, NEAREST_SHOWN)) {
      const link = `/documents/${encodeURIComponent(passage.document)}`;
      sources.push(
        sourceOf(passage, {
          name: `${passage.document} · ${passage.paragraph}`,
          link: `${link}#${encodeURIComponent(passage.paragraph)}`,
        }),
      );
    }
  }
  cell.append(...sources);
  return cell;
}

/** Returns a source with its paragraph, which is fetched; the quote in it is marked. */
function sourceOf(source, { name, link }) {
  const text = element("blockquote", { dir: "auto" }, source.quote ?? "…");
  const address = `/api/documents/${encodeURIComponent(source.document)}`;
  request("GET", `${address}/paragraphs/${encodeURIComponent(source.paragraph)}`).then(
    (paragraph) => {
      // Places in the text are counted in code points, which JavaScript's own are not.
      const points = [...paragraph.text];
      const { start = points.length, end = points.length } = source;
      const part = (from, to) => points.slice(from, to).join("");
      text.replaceChildren(
        ...confined(part(0, start)),
        element("mark", {}, part(start, end)),
        ...confined(part(end)),
      );
      if (start === end) text.querySelector("mark").remove();
    },
    (error) => text.after(element("p", { class: "problem" }, error.message)),
  );
  return element(
    "figure",
    { class: "source" },
    element("figcaption", { dir: "auto" }, element("a", { href: link }, name)),
    text,
  );
}

function look(kind, first) {
  view = { kind, first };
  rows = [];
  place("rows").replaceChildren();
  refreshRows().catch((error) => {
    place("job-problem").textContent = error.message;
  });
}

for (const choice of document.querySelectorAll("[name=kind]")) {
  choice.addEventListener("change", () => look(choice.value, 0));
}
place("previous").addEventListener("click", () => look(view.kind, view.first - ROWS_SHOWN));
place("next").addEventListener("click", () => look(view.kind, view.first + ROWS_SHOWN));

// Earlier files

async function listJobs() {
  const jobs = await request("GET", "/api/batch");
  place("no-jobs").hidden = jobs.length > 0;
  place("jobs").replaceChildren(
    ...jobs.map((one) =>
      element(
        "li",
        {},
        element(
          "a",
          { href: `?job=${encodeURIComponent(one.job)}`, "aria-current": one.job === shown && "true" },
          element("bdi", {}, one.file),
        ),
        element(
          "span",
          { class: "quiet" },
          [
            begun(one.job),
            say(`questions.state.${one.state}`),
            isEnded(one) && say("questions.progress", { done: one.done, total: one.total }),
            one.failed > 0 && say("questions.failed", { count: one.failed }),
          ]
            .filter(Boolean)
            .join(" · "),
        ),
      ),
    ),
  );
}

/** Returns when a job was begun, which its name tells in UTC. */
function begun(name) {
  const [, year, month, day, hour, minute] = name.match(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)/);
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute));
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(time);
}

place("jobs").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(new URL(link.href).searchParams.get("job"));
  place("job-title").focus();
});

function openAddress() {
  const name = new URLSearchParams(location.search).get("job");
  if (name) open(name);
  else close();
}

window.addEventListener("popstate", openAddress);
document.addEventListener("visibilitychange", follow);
listJobs().catch((error) => {
  place("jobs-problem").textContent = error.message;
});
openAddress();
