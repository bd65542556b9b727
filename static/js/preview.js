// Shows what a form says as others will see it, while it is typed. [data-preview] has the address that draws it,
// data-preview-of the id of the form; what comes back takes the place of [data-preview-target].
(function () {
  const PAUSE = 300;

  for (const section of document.querySelectorAll("[data-preview]")) {
    const form = document.getElementById(section.dataset.previewOf);
    const target = section.querySelector("[data-preview-target]");
    if (form && form.querySelector("textarea, input[type=text]")) wire(form, target, section.dataset.preview);
  }

  function wire(form, target, address) {
    let waiting = 0;
    let asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(draw, PAUSE);
    });

    async function draw() {
      const mine = ++asked;
      const answer = await fetch(address, { method: "POST", body: new FormData(form) }).catch(() => null);
      if (!answer || !answer.ok) return;
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine === asked) target.replaceChildren(...drawn.body.childNodes);
    }
  }
})();
