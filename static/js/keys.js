// Answering by keyboard. Digits choose while the focus is inside the group, and only there; Ctrl+Enter continues.
(function () {
  function choose(event) {
    const group = event.target.type === "radio" && event.target.closest(".rating-cards");
    const chosen = group && /^[1-9]$/.test(event.key) && group.querySelectorAll("input")[event.key - 1];
    if (!chosen || event.ctrlKey || event.altKey || event.metaKey) return;
    chosen.focus();
    chosen.click();
  }

  function proceed(event) {
    const form = event.key === "Enter" && event.ctrlKey && event.target.closest("form.questionnaire");
    if (form) form.requestSubmit(form.querySelector("[data-continue]"));
  }

  document.addEventListener("keydown", choose);
  document.addEventListener("keydown", proceed);
})();
