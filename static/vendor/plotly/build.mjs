// Makes plotly.min.js, plotly.css and LICENSE; README.md says how to run it.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["entry.js"],
  outfile: "plotly.min.js",
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: "none",
  format: "iife",
  globalName: "Plotly",
  target: "es2016",
  charset: "utf8",
  define: { global: "window", "define.amd": "false" },
  alias: { stream: "stream-browserify" },
  loader: { ".css": "empty" }, // maps only
});

// Plotly puts each rule before the last one, so the sheet lists them backwards to keep what wins.
const source = await readFile("node_modules/plotly.js/build/plotcss.js", "utf8");
const literal = source.match(/var rules = (\{[\s\S]*?\n\});?/)[1];
const rules = Object.entries(new Function(`return ${literal}`)()).reverse();
const scoped = (selector) => selector.replace(/X/g, ".js-plotly-plot .plotly").replace(/Y/g, ".plotly-notifier");
await writeFile("plotly.css", rules.map(([selector, body]) => `${scoped(selector)}{${body}}\n`).join(""));

// What is in the bundle brings its own terms.
const included = Object.entries(metafile.outputs["plotly.min.js"].inputs).filter(([, { bytesInOutput }]) => bytesInOutput);
const folders = new Set(
  included.map(([path]) => path.match(/^.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/)?.[0]).filter(Boolean),
);
const terms = [];
for (const folder of [...folders].sort()) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((entry) => /^(licen[sc]e|copying)/i.test(entry));
  const text = file ? (await readFile(`${folder}/${file}`, "utf8")).trim() : "No licence file in the package.";
  terms.push({ name, text: `${name} ${version} (${license})\n\n${text}\n` });
}
terms.sort((a, b) => (b.name === "plotly.js") - (a.name === "plotly.js"));
await writeFile("LICENSE", terms.map(({ text }) => text).join(`\n${"-".repeat(80)}\n\n`));
