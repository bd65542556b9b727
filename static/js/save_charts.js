// A chart is saved for a slide, as SVG or PNG, from the picture in the page: in the light theme's colors, which are its
// own, on white. Nothing leaves the browser.
(function () {
  const SCALE = 4;
  const MARGIN = 12;

  function picture(figure) {
    const svg = figure.querySelector(".chart-svg").cloneNode(true);
    for (const box of figure.querySelectorAll("[data-overlay]:not(:checked)")) {
      const role = box.dataset.overlay;
      for (const part of svg.querySelectorAll(`.chart-${role}, .chart-key-${role}`)) part.remove();
    }
    const width = svg.viewBox.baseVal.width + 2 * MARGIN;
    const height = svg.viewBox.baseVal.height + 2 * MARGIN;
    const ground = document.createElementNS(svg.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ x: -MARGIN, y: -MARGIN, width, height, fill: "white" })) {
      ground.setAttribute(name, value);
    }
    svg.prepend(ground);
    svg.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${width} ${height}`);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    return { text: new XMLSerializer().serializeToString(svg), width, height };
  }

  async function asPng({ text, width, height }) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async function save(button) {
    const drawn = picture(button.closest("figure"));
    const format = button.dataset.save;
    const blob = format === "png" ? await asPng(drawn) : new Blob([drawn.text], { type: "image/svg+xml" });
    download(blob, `${button.parentElement.dataset.name}.${format}`);
  }

  function offer() {
    for (const line of document.querySelectorAll(".chart-save")) line.hidden = false;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save]");
    if (button) save(button);
  });
  document.addEventListener("htmx:afterSwap", offer);
  offer();
})();
