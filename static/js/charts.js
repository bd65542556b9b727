// Draws the Plotly figure of each figure[data-figure] over its SVG, in the theme's colors, as large as the SVG was.
// Without Plotly, or where drawing fails, the SVG stays. When all are drawn, body[data-plotted] says so.
// Plotly is large, so it is asked for only when the page stands: data-plotly of this script says where it is.
// A figure that htmx renews keeps the canvas it had, so that nothing flickers.
(function () {
  const source = document.currentScript.dataset.plotly;

  function figures() {
    return [...document.querySelectorAll("figure[data-figure]")];
  }

  function read(figure) {
    return JSON.parse(figure.dataset.figure);
  }

  // The figure's colors are the light theme's; each stands for a token.
  function themed(value, colors) {
    if (typeof value === "string") return colors[value] || value;
    if (Array.isArray(value)) return value.map((item) => themed(item, colors));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, themed(item, colors)]));
  }

  function colorsOf(figure, tokens) {
    const style = getComputedStyle(figure);
    const pairs = Object.entries(tokens).map(([color, token]) => [color, style.getPropertyValue(token).trim()]);
    return Object.fromEntries(pairs.filter(([, value]) => value));
  }

  // Checkboxes that hide a series. In the SVG the style sheet does that.
  function overlays(figure) {
    return [...figure.querySelectorAll("[data-overlay]")];
  }

  function canvas(figure) {
    const plot = figure.querySelector(".chart-plot");
    return plot.firstElementChild || plot.appendChild(document.createElement("div"));
  }

  async function draw(figure) {
    const { data, layout, config, tokens } = read(figure);
    const colors = colorsOf(figure, tokens);
    const hidden = overlays(figure).filter((box) => !box.checked).map((box) => box.dataset.overlay);
    const shown = data.map((trace) => ({ ...trace, visible: !hidden.includes(trace.meta) }));
    await Plotly.react(canvas(figure), themed(shown, colors), themed(layout, colors), config);
    figure.dataset.plotted = "";
    fit(figure, layout);
  }

  // Scaling the whole plot keeps letters, marks and lines in the SVG's proportions at every width.
  function fit(figure, { width, height }) {
    const scale = figure.querySelector(".chart-picture").clientWidth / width;
    figure.querySelector(".chart-plot").style.height = `${height * scale}px`;
    canvas(figure).style.transform = `scale(${scale})`;
  }

  async function drawAll() {
    const found = figures();
    for (const figure of found) resized.observe(figure.querySelector(".chart-picture"));
    await Promise.allSettled(found.map(draw));
    document.body.dataset.plotted = "";
  }

  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const figure = target.closest("figure");
      if (figure.isConnected && "plotted" in figure.dataset) fit(figure, read(figure).layout);
    }
  });

  function begin() {
    document.addEventListener("themechange", drawAll);
    document.addEventListener("change", ({ target }) => {
      if (target.matches("[data-overlay]")) draw(target.closest("figure"));
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
    drawAll();
  }

  let asked = false;

  function load() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = source;
    script.onload = begin;
    document.head.append(script);
  }

  // Two frames after the page is loaded it is painted, too.
  function whenPainted() {
    if (figures().length) requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(load)));
  }

  const canvases = new Map();

  function keep(event) {
    for (const figure of event.target.querySelectorAll("figure[data-plotted]")) canvases.set(figure.id, canvas(figure));
  }

  function resume() {
    if (!window.Plotly) return whenPainted();
    for (const figure of figures().filter(({ id }) => canvases.has(id))) {
      figure.querySelector(".chart-plot").replaceChildren(canvases.get(figure.id));
      figure.dataset.plotted = "";
    }
    canvases.clear();
    drawAll();
  }

  document.addEventListener("htmx:beforeSwap", keep);
  document.addEventListener("htmx:afterSwap", resume);
  if (document.readyState === "complete") whenPainted();
  else window.addEventListener("load", whenPainted);
})();
