// Answers save themselves. htmx posts an answer, [data-answer], and writes what its view says into the .save-line; this
// says the rest, in the words of <template data-say>, and tries again by itself.
//
// data-unsaved: the server does not have what stands there. data-saving: it was sent and not acknowledged yet.
// data-failed: sent in vain, through no fault of what was typed. "answersaved" fires once nothing is left unsaved.
(function () {
  const RETRY_EVERY = 5000;
  let leaving = false;

  function answerOf(event) {
    return event.target instanceof Element ? event.target.closest("[data-answer]") : null;
  }

  // The same words are not spoken twice, and a button somebody is about to press stays.
  function isSaid(line, words) {
    return line.textContent.trim() === words.textContent.trim();
  }

  function say(answer, state) {
    const line = answer.querySelector(".save-line");
    const words = document.querySelector(`template[data-say="${state}"]`).content.cloneNode(true);
    if (!isSaid(line, words)) line.replaceChildren(words);
  }

  function retry(answer) {
    htmx.trigger(answer, "retry");
  }

  function retryAll(selector) {
    for (const answer of document.querySelectorAll(`${selector}:not([data-saving])`)) retry(answer);
  }

  function acknowledged(answer) {
    delete answer.dataset.failed;
    delete answer.dataset.renewed;
    if (!("unsaved" in answer.dataset)) answer.dispatchEvent(new CustomEvent("answersaved", { bubbles: true }));
  }

  // Signing in in another tab gave the browser a new token: the answer brings it along, and is sent once more.
  function renewToken(answer, token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    if ("renewed" in answer.dataset) return say(answer, "refused");
    answer.dataset.renewed = "";
    setTimeout(() => retry(answer));
  }

  function failed(answer, xhr) {
    const token = xhr.status === 403 && xhr.getResponseHeader("X-CSRF-Token");
    answer.dataset.unsaved = "";
    if (token) return renewToken(answer, token);
    delete answer.dataset.renewed;
    if (xhr.status === 0) say(answer, navigator.onLine ? "unreachable" : "offline");
    if (xhr.status === 413) say(answer, "too-large");
    if ([400, 404, 405].includes(xhr.status)) say(answer, "refused");
    if (xhr.status === 429 || xhr.status >= 500) say(answer, "broken");
    if (xhr.status === 0 || xhr.status === 429 || xhr.status >= 500) answer.dataset.failed = "";
  }

  // Whoever leaves a text to press one of the buttons of a conflict must still find it there.
  function leavesText(event) {
    const cause = event.detail.requestConfig.triggeringEvent;
    return cause?.type === "change" && cause.target.matches(".form-control");
  }

  document.addEventListener("input", (event) => {
    const answer = answerOf(event);
    if (answer) answer.dataset.unsaved = "";
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const answer = answerOf(event);
    if (!answer) return;
    if (leavesText(event) && answer.querySelector("[data-state=conflict]")) return event.preventDefault();
    delete answer.dataset.unsaved;
    answer.dataset.saving = "";
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const words = new DOMParser().parseFromString(event.detail.serverResponse, "text/html").body;
    if (isSaid(event.target, words)) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const answer = answerOf(event);
    if (!answer) return;
    delete answer.dataset.saving;
    if (event.detail.xhr.status === 200) acknowledged(answer);
    else failed(answer, event.detail.xhr);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-retry]")) retry(answerOf(event));
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".questionnaire")) return;
    leaving = navigator.onLine;
    if (leaving) return;
    event.preventDefault();
    retryAll("[data-answer]");
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector("[data-unsaved], [data-saving]")) event.preventDefault();
  });

  window.addEventListener("online", () => retryAll("[data-failed]"));
  setInterval(() => retryAll("[data-failed]"), RETRY_EVERY);
})();
