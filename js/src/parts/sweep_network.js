// The diagram of the backward sweep: the dosage network with values inside its circles, and the slopes
// beside them and on the edges as soon as the sweep has come there.

import { color, fixed, s, set, stroke, svgMath } from "../core/index.js";
import { forward, PARAMETERS, ssr } from "../math/dosage.js";

const WEIGHTS = ["w1", "w2", "w3", "w4"];

/** The step at which the slope in a parameter is known. */
const STAGE = { w3: 2, w4: 2, b3: 2, w1: 5, b1: 5, w2: 5, b2: 5 };

export const sub = (name) => `${name[0]}_${name[1]}`;

/** Three decimals, fewer when the number is large: it has to fit into its place. */
export const short = (value) => fixed(value, Math.abs(value) < 100 ? 3 : Math.abs(value) < 1000 ? 1 : 0);

/** The diagram: values inside the circles, slopes beside them as soon as the sweep has come there. */
export function sweepNetwork(figure) {
  const plot = figure.plot({
    x: [0, 1],
    y: [0, 1],
    axes: false,
    ratio: 1.1,
    maxHeight: 306,
    label: figure.t("network"),
  });
  const edges = Object.fromEntries(
    [...WEIGHTS, "loss"].map((name) => [name, plot.line({ color: "muted", arrow: true, clip: false })]),
  );
  const disc = (name, shade, size) => {
    const ring = s("circle", { fill: color("background"), stroke: color(shade), "stroke-width": 2 });
    const texts = [0, 1, 2].map(() => s("text", { "text-anchor": "middle", "font-size": size }));
    const element = plot.add(s("g", { "data-name": name }, ring, texts));
    return { element, ring, texts };
  };
  const discs = {
    x: disc("x", "input"),
    h1: disc("h1", "activation", 12),
    h2: disc("h2", "activation", 12),
    y: disc("prediction", "prediction"),
    loss: disc("loss", "loss"),
  };
  const signals = ["a1", "z1", "a2", "z2", "delta"].map((name) => {
    const text = plot.text({ color: "gradient", anchor: "middle", halo: false });
    set(text.element, { "data-name": `slope-${name}` });
    return text;
  });
  const chips = Object.fromEntries(
    PARAMETERS.map((name) => {
      const [above, below] = [
        s("text", { "text-anchor": "middle", y: -3, fill: color(name[0] === "w" ? "weight" : "bias") }),
        s("text", { "text-anchor": "middle", y: 13, fill: color("gradient"), "data-name": `slope-${name}` }),
      ];
      const box = s("rect", { y: -18, height: 36, rx: 6 });
      const element = plot.add(
        s(
          "g",
          {
            class: "nn-chip",
            "aria-hidden": "true",
            "data-name": `chip-${name}`,
            click: () => figure.set({ parameter: name }),
          },
          box,
          above,
          below,
        ),
      );
      return [name, { element, box, above, below }];
    }),
  );

  function write({ texts }, lines) {
    lines.forEach(([y, source, shade], i) => {
      set(texts[i], { y, fill: color(shade ?? "ink") });
      svgMath(texts[i], source);
    });
  }

  function draw(state, theta, points, slopes, back) {
    if (!plot.width) return;
    const { width, height } = plot.inner;
    const wide = width >= 560;
    const narrow = width < 340;
    const tiny = width < 290;
    const room = tiny ? 20 : narrow ? 33 : 52; // of the slopes in the middle
    const [r, R] = tiny ? [17, 28] : narrow ? [19, 31] : [24, 35];
    const mid = plot.margin.top + height / 2;
    const at = (x, y) => [plot.sx.invert(x), plot.sy.invert(y)];
    const first = plot.margin.left + r + 3;
    const last = plot.margin.left + width - r - 3;
    const columns = wide
      ? [first, first + (last - first) * 0.36, first + (last - first) * 0.74, last]
      : [first, (first + last) / 2, last, last];
    const rows = [mid - height / 4, mid + height / 4];
    const spots = {
      x: [columns[0], mid],
      h1: [columns[1], rows[0]],
      h2: [columns[1], rows[1]],
      y: [columns[2], mid],
      loss: wide ? [columns[3], mid] : [last, mid + height / 2 - r - 18],
    };
    const radius = { x: r, h1: R, h2: R, y: r, loss: r };
    const several = points.length > 1;
    const largest = Math.max(...slopes.map(Math.abs)) || 1;
    const slopeOf = (name) => slopes[PARAMETERS.indexOf(name)];
    const join = (edge, from, to, known, slope) => {
      const [a, b] = [spots[from], spots[to]];
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const [u, v] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
      edge.at(
        ...at(a[0] + u * radius[from], a[1] + v * radius[from]),
        ...at(b[0] - u * (radius[to] + 2), b[1] - v * (radius[to] + 2)),
      );
      const look =
        known && slope !== 0 ? stroke(slope, largest) : { color: "muted", width: 1.2, dash: known ? "1 5" : null };
      set(edge.element, { stroke: color(look.color), fill: color(look.color) });
      set(edge.element.firstChild, { "stroke-width": look.width, "stroke-dasharray": look.dash });
    };
    WEIGHTS.forEach((name, k) =>
      join(edges[name], k < 2 ? "x" : `h${k - 1}`, k < 2 ? `h${k + 1}` : "y", state.step >= STAGE[name], slopeOf(name)),
    );
    join(edges.loss, "y", "loss", state.step >= 1, back.loss);
    const now = { y: 1, h1: state.step === 3 ? 3 : 4, h2: state.step === 3 ? 3 : 4 };
    for (const [name, { element, ring }] of Object.entries(discs)) {
      plot.place(element, ...at(...spots[name]));
      set(ring, { r: radius[name], "stroke-width": now[name] === state.step ? 4.5 : 2 });
    }
    // A neuron that is flat on every sample shown lets nothing back.
    [0, 1].forEach((j) =>
      set(discs[`h${j + 1}`].ring, { "stroke-dasharray": back.slopes.every((pair) => pair[j] === 0) ? "3 5" : null }),
    );
    const here = forward(theta, points[0][0], state.activation);
    write(
      discs.x,
      several
        ? [
            [4.5, "x"],
            [0, ""],
          ]
        : [
            [4.5, fixed(points[0][0])],
            [-r - 7, "x"],
          ],
    );
    [0, 1].forEach((j) =>
      write(
        discs[`h${j + 1}`],
        several
          ? [
              [4.5, `a_${j + 1}`],
              [0, ""],
            ]
          : [
              [-4, `z = ${fixed(here.z[j])}`],
              [13, `a = ${fixed(here.a[j])}`],
            ],
      ),
    );
    write(
      discs.y,
      several
        ? [
            [4.5, "\\hat{y}"],
            [0, ""],
          ]
        : [
            [4.5, fixed(here.prediction)],
            [-r - 7, "\\hat{y}"],
          ],
    );
    write(discs.loss, [
      [4.5, state.step >= 1 ? short(ssr(theta, points, state.activation)) : "", "loss"],
      [wide ? -r - 7 : 4.5, "L", "loss"],
      [r + 16, several ? "\\text{SSR}" : `y = ${points[0][1]}`],
    ]);
    set(discs.loss.texts[1], { x: wide ? 0 : -r - 11 });
    const updateLabel = (index, step, x, y, source) =>
      state.step >= step ? signals[index].at(...at(x, y), source) : signals[index].hide();
    const beside = R + 15;
    [0, 1].forEach((j) => {
      const [x, y] = spots[`h${j + 1}`];
      const lines = j ? [-beside - 8, -beside + 8] : [beside, beside + 16];
      updateLabel(
        2 * j,
        3,
        x,
        y + lines[0] + 1,
        narrow ? short(back.inA[j]) : `\\partial L/\\partial a_${j + 1} = ${short(back.inA[j])}`,
      );
      updateLabel(
        2 * j + 1,
        4,
        x,
        y + lines[1] + 1,
        tiny ? short(back.delta[j]) : `\\delta_${j + 1} = ${short(back.delta[j])}`,
      );
    });
    updateLabel(
      4,
      1,
      wide ? (columns[2] + columns[3]) / 2 : last - 40,
      wide ? mid + 22 : mid + r + 44,
      `\\delta = ${short(back.loss)}`,
    );
    const chipAt = {
      b1: [columns[1], rows[0] - R - 22],
      b2: [columns[1], rows[1] + R + 22],
      b3: [Math.min(columns[2], plot.margin.left + width - 38), mid - r - 44],
    };
    WEIGHTS.forEach((name, k) => {
      const [a, b] = k < 2 ? [columns[0] + r, columns[1] - room] : [columns[1] + room, columns[2] - r];
      const [p, q] = k < 2 ? [spots.x, spots[`h${k + 1}`]] : [spots[`h${k - 1}`], spots.y];
      chipAt[name] = width < 560 ? [(a + b) / 2, mid + (k % 2 ? 20 : -20)] : [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
    });
    for (const name of PARAMETERS) {
      const { element, box, above, below } = chips[name];
      plot.place(element, ...at(...chipAt[name]));
      set(element, { "data-chosen": String(state.parameter === name), "data-now": String(state.step === STAGE[name]) });
      svgMath(above, tiny ? sub(name) : `${sub(name)} = ${fixed(state[name])}`);
      set(box, tiny ? { x: -25, width: 50 } : { x: -37, width: 74 });
      svgMath(below, state.step >= STAGE[name] ? short(slopeOf(name)) : "");
    }
  }
  return { plot, draw };
}
