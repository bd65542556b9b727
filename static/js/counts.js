// Keeps count while somebody answers: of answered statements in [data-answered], and of letters under a long text.
(function () {
  function answered() {
    return document.querySelectorAll("[data-answer]:has(input[type=radio]:checked)").length;
  }

  function showLetters(field) {
    field.nextElementSibling.textContent = `${field.value.length} / ${field.maxLength}`;
  }

  function addCounter(field) {
    const counter = document.createElement("p");
    counter.className = "letter-count";
    counter.ariaHidden = "true";
    field.after(counter);
    showLetters(field);
    field.addEventListener("input", () => showLetters(field));
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("textarea[maxlength]").forEach(addCounter);
    const total = document.querySelector("[data-answered]");
    if (!total) return;
    const elsewhere = Number(total.textContent) - answered();
    document.addEventListener("change", () => { total.textContent = elsewhere + answered(); });
  });
})();
