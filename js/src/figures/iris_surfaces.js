// The iris network: three folded surfaces, the map of who is on top, and every number on the way.
// The network never changes, so surfaces and regions are polygons that nnlib cut out exactly.

import { fixed, h, SHAPES } from "../core/index.js";
import { forward } from "../math/mlp.js";
import { see } from "../math/surfaces.js";

/** @import { Figure } from "../core/figure.js" */

const SIGNS = ["●", "■", "▲"];
const LIFT = 0.45;
const TIE = 1e-9;

/** w1 v1 + w2 v2 + b in numbers, with the weights as the text writes them. */
function sum(weights, values, bias, digits) {
  return [...weights.map((weight, i) => [weight, `\\cdot ${values[i]}`]), [bias, ""]]
    .map(([number, factor], i) => {
      const sign = number < 0 ? "-" : "+";
      return `${i === 0 && sign === "+" ? "" : sign} ${fixed(Math.abs(number), factor ? digits : 2)} ${factor}`;
    })
    .join(" ");
}

/** A surface in space: what stands still is drawn once for each width, the flower's stem each time. */
function surface(figure, k, box) {
  const { pieces, lines, folds, flowers, layers } = figure.data;
  const height = (x) => forward(layers, x).output;
  const at = (x, z) => see([...x, z], box);
  const corners = pieces.flat();
  const v = corners.flatMap((x) => [0, ...height(x)].map((z) => at(x, z)[1]));
  const u = corners.map((x) => at(x, 0)[0]);
  const [wide, tall] = [Math.max(...u) - Math.min(...u), Math.max(...v) - Math.min(...v)];
  const plot = figure.plot({
    x: [Math.min(...u), Math.max(...u)],
    y: [Math.min(...v), Math.max(...v)],
    axes: false,
    ratio: tall / wide,
    maxHeight: 340,
    margin: { top: 8, right: 8, bottom: 6, left: 8 },
    label: figure.t("surface", { k: k + 1, name: figure.data.names[k] }),
  });
  const color = `class${k}`;
  const still = [];
  const keep = (mark, points) => still.push([mark, points]);
  const [[left, right], [front, back]] = [box.x, box.y];
  const outline = [
    [left, front],
    [right, front],
    [right, back],
    [left, back],
  ];
  keep(
    plot.path({ color: "none", fill: "grid", opacity: 0.5, clip: false }),
    outline.map((x) => at(x, 0)),
  );
  for (const piece of pieces) {
    const corner = piece.map((x) => at(x, height(x)[k]));
    keep(plot.path({ color: "none", fill: color, opacity: 0.2, clip: false }), corner);
    keep(plot.path({ color, width: 1, opacity: 0.7, clip: false }), [...corner, corner[0]]);
  }
  for (const line of lines[k])
    keep(
      plot.path({ color, width: 0.8, opacity: 0.7, clip: false }),
      line.map((x) => at(x, height(x)[k])),
    );
  for (const fold of folds)
    keep(
      plot.path({ color: "ink", width: 1.6, dash: "6 4", clip: false }),
      fold.map((x) => at(x, height(x)[k])),
    );
  // A point of no length with a round cap is a disk: one path for all flowers of a species.
  const dots = flowers.map((_, own) =>
    plot.path({ color: `class${own}`, width: own === k ? 3.5 : 2.5, opacity: own === k ? 0.9 : 0.6, clip: false }),
  );
  const stem = plot.line({ color: "ink", width: 2.5, clip: false });
  const foot = plot.dot({ color: "ink", r: 3.5 });
  const top = plot.dot({ color, shape: SHAPES[k], r: 8, stroke: "ink", width: 2 });
  const value = figure.readout(`z${k + 1}`, { label: `z_${k + 1}` });
  const sign = h("span", { style: { color: `var(--nn-${color})` }, text: SIGNS[k] });
  const title = h("div", { class: "nn-iris-title" }, h("span", {}, sign, ` ${figure.data.names[k]}`), value);
  let width = 0;
  return {
    node: h("div", { class: "nn-iris-surface" }, title, plot.node),
    show(x, z, best) {
      if (plot.width !== width) {
        width = plot.width;
        for (const [mark, points] of still) mark.points(points);
        dots.forEach((mark, own) =>
          mark.d(
            flowers[own]
              .map((flower) => {
                const [a, b] = at(flower, own === k ? 1 : 0);
                return `M${plot.sx(a)},${plot.sy(b)}h0`;
              })
              .join(""),
          ),
        );
      }
      stem.at(...at(x, 0), ...at(x, z));
      foot.at(...at(x, 0));
      top.at(...at(x, z));
      value.show(fixed(z));
      title.classList.toggle("nn-best", best);
    },
  };
}

/** The plane from above: regions, folds, flowers, and the flower that is dragged. */
function map(figure, box) {
  const { regions, folds, flowers, names } = figure.data;
  const plot = figure.plot({
    x: box.x,
    y: box.y,
    equal: true,
    xLabel: "x_1",
    yLabel: "x_2",
    xTicks: 5,
    yTicks: 5,
    maxHeight: 300,
    label: figure.t("map"),
  });
  const tints = regions.map((_, k) => plot.path({ color: "none", fill: `class${k}`, opacity: 0.18 }));
  tints.forEach((tint) => tint.element.setAttribute("shape-rendering", "crispEdges"));
  const lines = folds.map(() => plot.path({ color: "ink", width: 1.6, dash: "6 4" }));
  const marks = flowers.map((some, k) =>
    some.map(() => plot.dot({ color: `class${k}`, shape: SHAPES[k], r: 3.2, width: 0.7 })),
  );
  const texts = names.map(() => plot.text({ anchor: "middle", size: 12 }));
  const sides = [plot.text({ anchor: "end", dx: -5 }), plot.text({ anchor: "start", dx: 5 })];
  const { x1, x2 } = figure.controls;
  const onto = (value, { min, max, step }) =>
    Number((Math.round(Math.max(min, Math.min(max, value)) / step) * step).toFixed(2));
  const flower = plot.handle({
    name: "flower",
    label: figure.t("flower"),
    color: "ink",
    shape: "diamond",
    step: [0.05, 0.05],
    move: (x, y) => figure.set({ x1: onto(x, x1), x2: onto(y, x2) }),
  });
  let width = 0;
  return {
    node: plot.node,
    show(x, text) {
      if (plot.width !== width) {
        width = plot.width;
        tints.forEach((tint, k) =>
          tint.d(
            regions[k]
              .map((polygon) => `M${polygon.map(([a, b]) => `${plot.sx(a)},${plot.sy(b)}`).join("L")}Z`)
              .join(""),
          ),
        );
        lines.forEach((line, j) => line.points(folds[j]));
        marks.forEach((some, k) => some.forEach((mark, i) => mark.at(...flowers[k][i])));
        [0.45, 1.4, 2.36].forEach((place, k) =>
          texts[k].at(place, box.y[1], `\\c{class${k}}{\\text{${SIGNS[k]} }}\\text{${names[k]}}`, { dy: -6 }),
        );
        sides.forEach((side, j) =>
          side.at(...folds[j].reduce((a, b) => (a[1] > b[1] ? a : b)), `a_${j + 1} > 0`, { dy: 14 }),
        );
      }
      flower.at(...x, { text });
    },
  };
}

/** @param {Figure} figure */
export default function build(figure) {
  const { t } = figure;
  const { layers, names } = figure.data;
  const { x1, x2 } = figure.controls;
  const plane = { x: [x1.min, x1.max], y: [x2.min, x2.max] };
  const surfaces = names.map((_, k) => surface(figure, k, { ...plane, lift: LIFT }));
  const regions = map(figure, plane);
  const net = figure.diagram({
    sizes: [2, 2, 3],
    ratio: 1.05,
    maxHeight: 310,
    radius: 21,
    side: 0.22,
    label: t("network"),
  });
  const formulas = [
    ...[1, 2].map((j) => figure.readout(`hidden${j}`)),
    figure.readout("activations"),
    ...[1, 2, 3].map((k) => figure.readout(`output${k}`)),
  ];
  const column = (some) => h("div", { class: "nn-iris-formulas" }, some);
  const centimeters = (value) => fixed(value, 2);

  figure.show(
    figure.presetButtons(),
    h(
      "div",
      { class: "nn-iris-surfaces" },
      surfaces.map(({ node }) => node),
    ),
    figure.row(regions, net),
    figure.panel(
      figure.slider("x1", { symbol: "x_1", label: t("petal"), color: "input", format: centimeters }),
      figure.slider("x2", { symbol: "x_2", label: t("sepal"), color: "input", format: centimeters }),
    ),
    figure.row(column(formulas.slice(0, 3)), column(formulas.slice(3))),
  );

  return (state) => {
    const x = [state.x1, state.x2];
    const {
      zs: [sums, z],
      as: [, a],
    } = forward(layers, x);
    const order = [0, 1, 2].sort((k, l) => z[l] - z[k]);
    const ahead = z[order[0]] - z[order[1]];
    const best = ahead < TIE ? [order[0], order[1]] : [order[0]];
    surfaces.forEach((one, k) => one.show(x, z[k], best.includes(k)));
    regions.show(x, `x_1 = ${fixed(x[0])}, x_2 = ${fixed(x[1])}: ${best.map((k) => names[k]).join(", ")}`);
    showNetwork(net, layers, x, a, z, best);
    const [shownX, shownA] = [x.map((value) => fixed(value)), a.map((value) => fixed(value))];
    sums.forEach((value, j) =>
      formulas[j].show(
        `z_${j + 1}^{(1)} = ${sum(
          layers[0].W.map((row) => row[j]),
          shownX,
          layers[0].b[j],
          1,
        )} = ${fixed(value)}`,
      ),
    );
    formulas[2].show(`a = \\max(0,\\, z^{(1)}) = (\\c{activation}{${shownA[0]}},\\, \\c{activation}{${shownA[1]}})`);
    z.forEach((value, k) =>
      formulas[3 + k].show(
        `z_${k + 1} = ${sum(
          layers[1].W.map((row) => row[k]),
          shownA,
          layers[1].b[k],
          2,
        )} = ${fixed(value)}`,
      ),
    );
    speak(figure, sums, z, order, ahead);
  };
}

function showNetwork(net, layers, x, a, z, best) {
  net.layout();
  layers.forEach(({ W }, layer) =>
    W.forEach((row, i) =>
      row.forEach((weight, j) => {
        const silent = layer === 1 && a[i] < TIE;
        const edge = net.edge(layer, i, j);
        edge.weight(weight, layer === 0 ? 4 : 1.3);
        edge.line.element.setAttribute("opacity", silent ? 0.25 : 1);
        edge.label.at(
          ...net.between(layer, i, j, layer === 0 ? 0.34 : 0.64),
          `\\c{${silent ? "muted" : "weight"}}{${fixed(weight, layer === 0 ? 1 : 2)}}`,
        );
      }),
    ),
  );
  x.forEach((value, i) => net.unit(0, i).show(fixed(value), `x_${i + 1}`));
  a.forEach((value, j) => {
    const silent = value < TIE;
    net
      .unit(1, j)
      .show(`\\c{${silent ? "muted" : "ink"}}{${fixed(value)}}`, `a_${j + 1}`, `\\c{bias}{${signed(layers[0].b[j])}}`);
    net.unit(1, j).style({ stroke: silent ? "muted" : "activation", dash: silent ? "3 3" : null });
  });
  z.forEach((value, k) => {
    net.unit(2, k).show(fixed(value), `z_${k + 1}`, `\\c{bias}{${signed(layers[1].b[k])}}`);
    net.unit(2, k).style({ stroke: `class${k}`, width: best.includes(k) ? 4 : 1.5 });
  });
}

const signed = (value) => `${value < 0 ? "" : "+"}${fixed(value)}`;

const INDEX = ["₁", "₂", "₃"];

/** @param {Figure} figure @param {number[]} sums @param {number[]} z @param {number[]} order @param {number} ahead */
function speak(figure, sums, z, [first, second], ahead) {
  const { names } = figure.data;
  const on = sums.map((value) => value > 0);
  const values = { first: names[first], second: names[second], top: fixed(z[first], 3), ahead: fixed(ahead) };
  const folded = sums.findIndex((value) => Math.abs(value) < TIE);
  if (ahead < TIE) {
    const [lower, higher] = [Math.min(first, second), Math.max(first, second)];
    figure.say("tie", { ...values, first: names[lower], second: names[higher], i: INDEX[lower], j: INDEX[higher] });
  } else if (folded >= 0) figure.say("fold", { ...values, neuron: folded + 1 });
  else if (on[0] && on[1]) figure.say("wedge", values);
  else if (!on[0] && !on[1]) figure.say("silent", values);
  else if (ahead < 0.1) figure.say("close", values);
  else figure.say("one", { ...values, on: on[0] ? 1 : 2, off: on[0] ? 2 : 1 });
}
