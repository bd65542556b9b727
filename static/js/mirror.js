// What is typed stays in this tab until the server has it: in sessionStorage, under who typed it and where it goes to.
// A page that shows the answer again gets it back, and saves it. A page that was sent in vain shows it already, marked
// data-unsaved. static/js/sign_out.js empties it.
(function () {
  const FIELDS = "input[name], textarea[name]";

  function place(answer) {
    return `waymark-answer ${answer.closest("form").dataset.person} ${answer.getAttribute("hx-post")}`;
  }

  // The value of each field, with what the page had seen; of a group of radio buttons, that of the chosen one.
  function read(answer) {
    const fields = [...answer.querySelectorAll(FIELDS)].filter((field) => field.type !== "radio" || field.checked);
    return Object.fromEntries(fields.map((field) => [field.name, field.value]));
  }

  function typed(values) {
    return JSON.stringify(Object.entries(values).filter(([name]) => !/-(revision|page)$/.test(name)));
  }

  function write(answer, values) {
    for (const field of answer.querySelectorAll(FIELDS)) {
      if (field.type === "radio") field.checked = field.value === values[field.name];
      else field.value = values[field.name] ?? "";
    }
    const more = answer.querySelector("details");
    more.open ||= [...more.querySelectorAll("textarea")].some((field) => field.value);
  }

  function keep(answer) {
    try { sessionStorage.setItem(place(answer), JSON.stringify(read(answer))); } catch { /* full or off: the page still has it */ }
  }

  function forget(answer) {
    sessionStorage.removeItem(place(answer));
  }

  function restore(answer) {
    if ("unsaved" in answer.dataset) return keep(answer);
    const kept = JSON.parse(sessionStorage.getItem(place(answer)));
    if (!kept) return;
    if (typed(kept) === typed(read(answer))) return forget(answer);
    write(answer, kept);
    answer.dataset.unsaved = "";
    const words = document.querySelector('template[data-say="restored"]').content.cloneNode(true);
    answer.querySelector(".save-line").replaceChildren(words);
    htmx.trigger(answer, "retry");
  }

  function answerOf(event) {
    return event.target.closest("[data-answer]");
  }

  document.addEventListener("input", (event) => answerOf(event) && keep(answerOf(event)));
  document.addEventListener("answersaved", (event) => forget(event.target));

  function answerWith(button) {
    const answers = [...document.querySelectorAll("[data-answer]")];
    return answers.find((answer) => answer.getAttribute("hx-params").split(",").includes(button.name));
  }

  // The buttons of an answer, wherever they stand, say what becomes of what was typed.
  document.addEventListener("submit", (event) => {
    const answer = !event.defaultPrevented && event.submitter?.name && answerWith(event.submitter);
    if (answer) forget(answer);
  });

  // What this tab keeps comes back after signing in; the server need not give it back.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".questionnaire")) return;
    const unsaved = [...event.target.querySelectorAll("[data-answer][data-unsaved]")];
    event.target.elements.kept.disabled = !unsaved.every((answer) => sessionStorage.getItem(place(answer)));
  });

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-answer]").forEach(restore));
})();
