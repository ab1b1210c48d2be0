// A chosen language shows at once, and where the reader was.
document.addEventListener("change", (event) => {
  const form = event.target.closest("header.site form");
  if (!form) return;
  form.elements.next.value = location.pathname + location.search + location.hash;
  form.submit();
});

// Returns a text as nodes in which no character turns the direction of what stands beside it: each
// stays where it was, in an element of its own, beyond which it means nothing.
function confined(text) {
  return text.split(/([\u202a-\u202e\u2066-\u2069])/).map((part, index) => {
    if (index % 2 === 0) return part;
    const alone = document.createElement("bdi");
    alone.textContent = part;
    return alone;
  });
}

// Where letters are not Latin, the keys that stand in the places of these.
const PLACES = { KeyJ: "j", KeyK: "k", Slash: "/", BracketLeft: "[", BracketRight: "]" };

// Returns the key of a shortcut; none while one writes, and none of the browser's own.
function shortcut(event) {
  if (event.target.closest("input, textarea, select, [contenteditable]")) return "";
  // Some layouts have their brackets behind AltGr, which counts as Ctrl and Alt.
  const isOwn = event.ctrlKey || event.altKey ? !event.getModifierState("AltGraph") : event.metaKey;
  if (isOwn) return "";
  return /^[ -~]$/.test(event.key) ? event.key : (PLACES[event.code] ?? "");
}
