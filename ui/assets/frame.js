// A chosen language shows at once, and where the reader was.
document.addEventListener("change", (event) => {
  const form = event.target.closest("header.site form");
  if (!form) return;
  form.elements.next.value = location.pathname + location.search + location.hash;
  form.submit();
});
