// What the chat page does in the browser: shows sources, copies, votes, and tells the server what
// a button says. All it shows was escaped by the server and came with the answer.
const VOTES = "report-qa-votes";
// All windows of this browser keep the same conversations; each shows one of its own.
const CONVERSATIONS = "report-qa-conversations";
const CURRENT = "report-qa-current";
const handled = new Set();

let invitation;
// The answer that is kept in view, until the reader moves: what stands above and below it may
// still grow.
let arrived;

const panel = () => document.getElementById("source");
// The texts that this script says, in the reader's language.
const words = () => document.querySelector("#frame [data-language]")?.dataset ?? {};
const tell = (detail) => document.dispatchEvent(new CustomEvent("report-qa:act", { detail }));

// A window that opens shows what was shown last anywhere, and goes its own way from then on.
function remembered() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(CONVERSATIONS));
  } catch {
    // left by an earlier version
  }
  sessionStorage[CURRENT] ??= kept?.current ?? "";
  return kept && { ...kept, current: sessionStorage[CURRENT] };
}

// Where the browser has no room for all of them, the oldest go.
let written;
function keep(kept) {
  // What was stopped has changed nothing, and other windows may have.
  if (!kept || JSON.stringify(kept) === written) return;
  written = JSON.stringify(kept);
  sessionStorage[CURRENT] = kept.current;
  for (const all = [...kept.all]; ; all.pop()) {
    try {
      localStorage.setItem(CONVERSATIONS, JSON.stringify({ ...kept, all }));
      return;
    } catch (error) {
      if (!all.length) throw error;
    }
  }
}

// In a narrow window the source stands below the conversation.
function bringIntoView(source, mark) {
  const isSeen = () => {
    const { top, bottom } = mark.getBoundingClientRect();
    return top >= 0 && Math.min(bottom, top + 80) <= innerHeight;
  };
  if (!isSeen()) source.scrollIntoView({ block: "end" });
  if (!isSeen()) mark.scrollIntoView({ block: "center" });
}

// Back from the source to the number that it was opened by.
function back() {
  const source = panel();
  const link = document.querySelector(
    `.answer[data-id="${source.dataset.answer}"] a[data-source="${source.dataset.source}"]`,
  );
  link?.scrollIntoView({ block: "center" });
  link?.focus({ preventScroll: true });
}

function show(link, isAsked = false) {
  const answer = link.closest(".answer");
  const number = `[data-source="${link.dataset.source}"]`;
  const source = panel();
  if (!source.dataset.answer) invitation = [...source.childNodes];
  source.replaceChildren(...answer.querySelector(`.shelved${number}`).cloneNode(true).childNodes);
  source.dataset.answer = answer.dataset.id;
  source.dataset.source = link.dataset.source;
  const mark = source.querySelector("mark") ?? source.querySelector("blockquote");
  source.scrollTop = Math.max(0, mark.offsetTop - source.clientHeight / 3);
  if (isAsked) bringIntoView(source, mark);
  for (const other of document.querySelectorAll("a[data-source][aria-current]")) {
    other.removeAttribute("aria-current");
  }
  for (const same of answer.querySelectorAll(`a${number}`)) {
    same.setAttribute("aria-current", "true");
  }
}

// Where the answer of the shown source is gone, or none was shown yet, the last answer brings its own.
function accompany(answers) {
  const source = panel();
  if (!source || [...answers].some((one) => one.dataset.id === source.dataset.answer)) return;
  const first = [...answers].at(-1)?.querySelector(".sources a[data-source]");
  if (first) show(first);
  else if (invitation && source.firstChild !== invitation[0]) {
    source.replaceChildren(...invitation);
    delete source.dataset.answer;
  }
}

// Previous or next source of the answer whose source is shown.
function step(by) {
  const source = panel();
  const answer = document.querySelector(`.answer[data-id="${source.dataset.answer}"]`);
  const links = [...(answer?.querySelectorAll(".sources a[data-source]") ?? [])];
  if (!links.length) return;
  const at = links.findIndex((link) => link.dataset.source === source.dataset.source);
  show(links[(at + by + links.length) % links.length], true);
  source.focus({ preventScroll: true });
}

// Votes are kept by the server; which ones this browser gave, by the browser.
const votes = () => JSON.parse(localStorage.getItem(VOTES) ?? "{}");

async function vote(answer, given, note) {
  const response = await fetch("/api/feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      id: answer.dataset.id,
      vote: given,
      note,
      question: answer.dataset.question,
      answer: answer.querySelector("[data-copy]").dataset.copy,
    }),
  });
  if (!response.ok) return false;
  const all = votes();
  if (given === "none") delete all[answer.dataset.id];
  else all[answer.dataset.id] = given;
  localStorage.setItem(VOTES, JSON.stringify(all));
  pressed(answer);
  return true;
}

function pressed(answer) {
  const given = votes()[answer.dataset.id];
  for (const button of answer.querySelectorAll("[data-vote]")) {
    button.setAttribute("aria-pressed", String(button.dataset.vote === given));
  }
}

function act(button) {
  const { act, ...rest } = button.dataset;
  if (act === "edit") {
    edit(button);
  } else if (act === "retry") {
    const own = button.closest(".answer");
    tell({ act, id: own.dataset.id, question: own.dataset.question });
  } else {
    tell({ act, ...rest });
  }
  button.closest("details.menu")?.removeAttribute("open");
}

// The question becomes a field; sent, it is asked anew in its place.
function edit(button) {
  const asked = button.closest(".asked");
  const all = [...document.querySelectorAll(".asked")];
  const id = document.querySelectorAll(".answer")[all.indexOf(asked)]?.dataset.id;
  const form = document.createElement("form");
  const field = document.createElement("textarea");
  const send = document.createElement("button");
  field.value = button.dataset.question;
  field.setAttribute("aria-label", button.textContent);
  send.className = "tool";
  send.textContent = document.querySelector("#question .submit-button")?.textContent || "→";
  form.append(field, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) tell({ act: "edit", id, question: field.value });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape") form.replaceWith(...kept);
  });
  const kept = [...asked.childNodes];
  asked.replaceChildren(form);
  field.focus();
}

function announce(text, language) {
  const live = document.getElementById("announced");
  live.lang = language;
  live.textContent = text;
}

// The question that is given up goes back to where it was written.
function stopped() {
  const asked = [...document.querySelectorAll(".asked p")].at(-1)?.textContent ?? "";
  const box = document.querySelector("#question textarea");
  if (!box.value) box.value = asked;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  announce(words().stopped, words().language);
}

// Gradio's own parts get names in the reader's language, or any at all.
function translate(words) {
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.direction;
  panel()?.setAttribute("aria-label", words.panel);
  const log = document.querySelector("#messages [role=log]");
  log?.setAttribute("aria-label", words.conversation);
  // Each answer is announced in short, see below, and not once more as a whole.
  log?.setAttribute("aria-live", "off");
  document.querySelector("#question textarea")?.setAttribute("aria-label", words.question);
  const reports = document.querySelector("#reports input");
  if (reports) {
    reports.placeholder = document.querySelector("#reports .token") ? "" : words.allReports;
  }
  for (const cross of document.querySelectorAll("#reports .token-remove")) {
    const report = cross.closest(".token")?.textContent.trim();
    cross.title = report ? `${words.remove}: ${report}` : words.allReports;
  }
}

// What the server sent takes effect: language, votes, the first source of a new answer.
function settle() {
  if (words().language) translate(words());
  const box = document.querySelector("#question textarea:enabled");
  if (box && !handled.has(box)) {
    handled.add(box);
    if (document.activeElement === document.body) box.focus();
  }
  const answers = document.querySelectorAll(".answer");
  for (const answer of answers) {
    if (answer.dataset.settled) continue;
    answer.dataset.settled = "true";
    pressed(answer);
    if (!("new" in answer.dataset) || handled.has(answer.dataset.id)) continue;
    handled.add(answer.dataset.id);
    const said = answer.querySelector(".short, .statement, .failure") ?? answer;
    announce(said.textContent, answer.querySelector(".said")?.lang ?? words().language);
    const first = answer.querySelector(".sources a[data-source]");
    if (first) show(first);
    else delete panel().dataset.answer;
    arrived = answer.dataset.id;
  }
  accompany(answers);
  if (arrived) {
    const row = document.querySelector(`.answer[data-id="${arrived}"]`)?.closest(".message-row");
    row?.previousElementSibling?.scrollIntoView({ block: "start" });
  }
  document.body.classList.toggle("empty", !document.querySelector(".asked"));
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("a[data-source], button");
  if (!chosen) return;
  const data = chosen.dataset;
  if (data.source && chosen.tagName === "A") {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    arrived = undefined;
    show(chosen, true);
  } else if ("back" in data) back();
  else if (data.step) step(Number(data.step));
  else if (data.vote) {
    const answer = chosen.closest(".answer");
    const given = chosen.getAttribute("aria-pressed") === "true" ? "none" : data.vote;
    vote(answer, given, "");
    const note = answer.querySelector("form.note");
    note.hidden = given === "none";
    note.scrollIntoView({ block: "nearest" });
  } else if (data.act) act(chosen);
  else if (chosen.matches("#question .stop-button")) stopped();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form.note")) {
    event.preventDefault();
    const answer = form.closest(".answer");
    const given = votes()[answer.dataset.id] ?? "none";
    vote(answer, given, form.elements.note.value).then((kept) => {
      if (kept) form.querySelector("[role=status]").textContent = form.dataset.thanks;
    });
  } else if (form.dataset.act === "rename") {
    event.preventDefault();
    tell({ act: "rename", name: form.elements.name.value });
  }
});

document.addEventListener("keydown", (event) => {
  const key = shortcut(event);
  if (key === "[" || key === "]") step(key === "[" ? -1 : 1);
});

for (const moved of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  document.addEventListener(moved, () => (arrived = undefined), { capture: true, passive: true });
}

const live = document.createElement("div");
live.id = "announced";
live.className = "visually-hidden";
live.setAttribute("aria-live", "polite");
document.body.append(live);
new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
settle();
