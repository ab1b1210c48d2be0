// What the scripts of the pages share: texts, elements, requests, files, questions back.
// Whatever comes from a file becomes a text node or an attribute, never markup.

const texts = JSON.parse(document.querySelector("meta[name=texts]").content);
export const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);

/** Returns the text of a key in the page's language, with its values put in. */
export function say(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? numbers.format(values[name]) : values[name],
  );
}

/** Returns a duration in the largest fitting unit, rounded up. */
export function duration(seconds) {
  const [unit, length] =
    seconds < 60 ? ["second", 1] : seconds < 3600 ? ["minute", 60] : ["hour", 3600];
  const count = Math.ceil(seconds / length);
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** Returns an element; `false`, `null` and missing attributes and children are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  for (const child of children) {
    if (child instanceof Node) made.append(child);
    else if (child != null && child !== false) made.append(...confined(String(child)));
  }
  return made;
}

/** Returns a button that calls `act`. */
export function button(text, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/** Sends a request; returns what it answers, or throws an Error that says in one line why not. */
export async function request(method, path, body) {
  const isForm = body instanceof FormData;
  const response = await fetch(path, {
    method,
    body: isForm ? body : body && JSON.stringify(body),
    headers: body && !isForm ? { "Content-Type": "application/json" } : {},
  }).catch(() => {
    throw new Error(say("page.unreachable"));
  });
  return read(response.ok, await response.text());
}

/** Sends a file and tells meanwhile which share of it has gone, 0 to 1; else like `request`. */
export function sendFile(path, file, told) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append("file", file);
    const sending = new XMLHttpRequest();
    sending.upload.addEventListener("progress", (event) => told(event.loaded / event.total));
    sending.addEventListener("error", () => reject(new Error(say("page.unreachable"))));
    sending.addEventListener("load", () => {
      try {
        resolve(read(sending.status < 400, sending.responseText));
      } catch (error) {
        reject(error);
      }
    });
    sending.open("POST", path);
    sending.send(form);
  });
}

function read(isGood, text) {
  let content = null;
  try {
    content = text && JSON.parse(text);
  } catch {
    isGood = false;
  }
  if (!isGood) throw new Error(content?.detail ?? say("page.unreachable"));
  return content;
}

/** Hands files that are chosen in the zone's input or dropped on the zone to `take`. */
export function acceptFiles(zone, take) {
  const input = zone.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = "";
  });
  const dragged = (event) => {
    // A file dropped beside the zone would replace the page.
    event.preventDefault();
    zone.classList.toggle("dragged", zone.contains(event.target) && event.type === "dragover");
  };
  for (const type of ["dragover", "dragleave", "drop"]) window.addEventListener(type, dragged);
  zone.addEventListener("drop", (event) => take([...event.dataTransfer.files]));
}

let settle = () => {};

/** Asks a question in a `<dialog>`; returns whether it was answered with its yes. */
export function confirmed(dialog, name) {
  // A dialog that was shut a moment ago may not have said so yet.
  settle(false);
  dialog.querySelector(".name").replaceChildren(...confined(name));
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (!dialog.open) settle(dialog.returnValue === "yes");
  };
  dialog.showModal();
  return new Promise((resolve) => {
    settle = resolve;
  });
}

/** Tells something to those who do not see the page. */
export function announce(text) {
  document.getElementById("announcement").textContent = text;
}
