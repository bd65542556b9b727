// Chooses light or dark before the first paint: what the person chose here, else what the system says.
// Wires [data-theme-switch] and tells charts through a "themechange" event on document.
(function () {
  const KEY = "waymark-theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try { return localStorage.getItem(KEY); } catch { return null; }
  }

  function remember(theme) {
    try { localStorage.setItem(KEY, theme); } catch { /* storage is off: the choice lasts for this page */ }
  }

  function show(theme) {
    const before = document.documentElement.dataset.bsTheme;
    document.documentElement.dataset.bsTheme = theme;
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.setAttribute("aria-pressed", String(theme === "dark"));
    }
    if (before && before !== theme) {
      document.dispatchEvent(new CustomEvent("themechange", { detail: { theme } }));
    }
  }

  function current() {
    const theme = chosen();
    return theme === "dark" || theme === "light" ? theme : system.matches ? "dark" : "light";
  }

  function switchTheme() {
    const theme = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    remember(theme);
    show(theme);
  }

  show(current());
  system.addEventListener("change", () => show(current()));
  window.addEventListener("storage", (event) => event.key === KEY && show(current()));
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      button.addEventListener("click", switchTheme);
    }
    show(current());
  });
})();
