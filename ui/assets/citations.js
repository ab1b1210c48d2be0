// The menus that copy a citation, and all else that is copied.
async function copied(button, text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
  } else {
    // Browsers have no clipboard for pages of other machines that come without encryption.
    const field = document.createElement("textarea");
    field.value = text;
    button.parentElement.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  const said = button.closest("[data-copied]").dataset.copied;
  const status = button.parentElement.querySelector("[role=status]");
  if (status) {
    status.textContent = `${said}: ${text}`;
  } else {
    button.dataset.words ??= button.textContent;
    button.textContent = said;
    setTimeout(() => (button.textContent = button.dataset.words), 2000);
  }
}

async function copyCitation(button) {
  const menu = button.closest("[data-citations]");
  const status = menu.querySelector("[role=status]");
  let found;
  try {
    const response = await fetch(menu.dataset.citations);
    found = await response.json();
    if (!response.ok) status.textContent = found.detail;
    else await copied(button, found[button.dataset.form]);
  } catch {
    // Without a clipboard the citation can still be read and copied by hand.
    status.textContent = found?.[button.dataset.form] ?? menu.dataset.failed;
  }
  status.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
  const button = event.target.closest("button[data-copy], button[data-form]");
  if (!button) return;
  if (button.dataset.copy !== undefined) copied(button, button.dataset.copy);
  else copyCitation(button);
});

// What opens below the edge of a page or of a part that scrolls is brought into view.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches("details.menu[open]")) return;
    target.lastElementChild.scrollIntoView({ block: "nearest" });
  },
  { capture: true },
);

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
