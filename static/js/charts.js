// Draws the Plotly figure of each figure[data-chart] over its SVG, in the theme's colors, as large as the SVG was.
// Without Plotly, or where drawing fails, the SVG stays. When all are drawn, body[data-plotted] says so.
// Plotly is large, so it is asked for only when the page stands: data-plotly of this script says where it is.
(function () {
  const source = document.currentScript.dataset.plotly;

  function read(figure) {
    return JSON.parse(document.getElementById(figure.dataset.chart).textContent);
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

  function canvas(figure) {
    const plot = figure.querySelector(".chart-plot");
    return plot.firstElementChild || plot.appendChild(document.createElement("div"));
  }

  async function draw(figure) {
    const { data, layout, config, tokens } = read(figure);
    const colors = colorsOf(figure, tokens);
    await Plotly.react(canvas(figure), themed(data, colors), themed(layout, colors), config);
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
    await Promise.allSettled([...figures].map(draw));
    document.body.dataset.plotted = "";
  }

  const figures = document.querySelectorAll("figure[data-chart]");
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const figure = target.closest("figure");
      if ("plotted" in figure.dataset) fit(figure, read(figure).layout);
    }
  });

  function begin() {
    for (const figure of figures) resized.observe(figure.querySelector(".chart-picture"));
    document.addEventListener("themechange", drawAll);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
    drawAll();
  }

  function load() {
    const script = document.createElement("script");
    script.src = source;
    script.onload = begin;
    document.head.append(script);
  }

  // Two frames after the page is loaded it is painted, too.
  function whenPainted() {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(load)));
  }

  if (!figures.length) return;
  if (document.readyState === "complete") whenPainted();
  else window.addEventListener("load", whenPainted);
})();
