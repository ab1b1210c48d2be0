// The menus that copy a citation, and all else that is copied.
async function copied(button, text) {
  await navigator.clipboard.writeText(text);
  const said = button.closest("[data-copied]").dataset.copied;
  const status = button.parentElement.querySelector("[role=status]");
  if (status) {
    status.textContent = `${said}: ${text}`;
  } else {
    const words = button.textContent;
    button.textContent = said;
    setTimeout(() => (button.textContent = words), 2000);
  }
}

document.addEventListener("click", async (event) => {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
  const button = event.target.closest("button[data-copy], button[data-form]");
  if (!button) return;
  if (button.dataset.copy !== undefined) return copied(button, button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  const response = await fetch(button.closest("[data-citations]").dataset.citations);
  const found = await response.json();
  if (response.ok) await copied(button, found[button.dataset.form]);
  else status.textContent = found.detail;
});

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
