// Whoever signs out takes along what this tab kept of their answers.
(function () {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("waymark-answer ")) sessionStorage.removeItem(key);
    }
  });
})();
