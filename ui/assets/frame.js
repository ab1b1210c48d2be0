// Choosing a language needs one step less where scripts run.
for (const form of document.querySelectorAll("header.site form")) {
  form.querySelector("[data-without-script]").hidden = true;
  form.elements.next.value = location.pathname + location.search + location.hash;
  form.elements.language.addEventListener("change", () => form.submit());
}
