// Shows a chosen source beside the conversation and copies answers. What it shows was escaped by
// the server and came with the answer, so a click takes no request.
let invitation = null;

function show(chosen) {
  const panel = document.getElementById("source");
  const answer = chosen.closest(".answer");
  const number = `[data-source="${chosen.dataset.source}"]`;
  invitation ??= panel.textContent;
  panel.replaceChildren(answer.querySelector(`template${number}`).content.cloneNode(true));
  panel.scrollTop = 0;
  (panel.querySelector("mark") ?? panel).scrollIntoView({ block: "nearest" });
  for (const link of document.querySelectorAll("a[data-source][aria-current]")) {
    link.removeAttribute("aria-current");
  }
  for (const link of answer.querySelectorAll(`a${number}`)) {
    link.setAttribute("aria-current", "true");
  }
}

async function copy(button) {
  const words = button.textContent;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = words), 2000);
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("a[data-source], button[data-copy], #clear");
  if (chosen?.id === "clear") {
    if (invitation !== null) document.getElementById("source").textContent = invitation;
  } else if (chosen?.dataset.copy !== undefined) {
    copy(chosen);
  } else if (chosen && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(chosen);
  }
});
