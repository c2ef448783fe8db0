// Parameters of two fully connected layers as lengths on a logarithmic scale: there a product is a sum
// of lengths, so that each factor is a piece of its bar. In a fold, a convolution to compare them with.

import { grouped, h, more, plain, set, significant } from "../../../js/src/core/index.js";
import { count, FILTERS, KERNEL, megabytes } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Build, Translate } from "../../../js/src/core/types.js" */

/** @typedef {{height: number, width: number, channels: number, pool: number, hidden: number, outputs: number}} Traits */
/** @typedef {ReturnType<typeof count>} Counted */
/** @typedef {[factor: number, ...texts: string[]]} Factor with its text and shorter ones: the first that fits is written */

const MOST = 2e10; // the largest network that the sliders allow has half as many
const THICK = 0.42; // of a bar, where rows are 1 apart
const LETTER = 6; // px, roughly, of a label

/**
 * A row: its words on the left, its number on the right, below them a bar made of factors.
 * @param {Plot} plot @param {string} part @param {number} row @param {string[]} colors
 */
function bar(plot, part, row, colors) {
  const [low, high] = [row + 0.55 - THICK, row + 0.55];
  const pieces = colors.map((shade) => ({
    face: plot.rect({ fill: shade, opacity: 0.2 }),
    rim: plot.rect({ fill: "none", color: shade, width: 1.5 }),
    label: plot.text({ anchor: "middle", dy: 5, halo: false }),
  }));
  const name = plot.text({ dy: -7, size: 14 });
  const number = plot.text({ anchor: "end", dy: -7, size: 14 });
  number.element.setAttribute("data-name", `bar-${part}`);
  pieces.forEach(({ label }) => label.element.setAttribute("data-name", `factor-${part}`));
  return {
    low,
    high,
    /** @param {string} title @param {string} value @param {Factor[]} factors */
    show(title, value, factors) {
      name.at(1, high, title);
      number.at(MOST, high, value);
      let start = 1;
      pieces.forEach(({ face, rim, label }, index) => {
        const [factor, ...texts] = factors[index];
        const end = start * factor;
        const room = plot.sx(end) - plot.sx(start) - 8;
        const text = factor > 1 && texts.find((words) => plain(words).length * LETTER <= room);
        for (const box of [face, rim]) {
          if (factor > 1) box.at(start, low, end, high);
          else box.hide(); // a factor 1 has no length
        }
        if (text) label.at(Math.sqrt(start * end), (low + high) / 2, text);
        else label.hide();
        start = end;
      });
    },
  };
}

/**
 * A factor with its symbol, or without it where there is little room.
 * @param {string} symbol @param {number} value @returns {Factor}
 */
const named = (symbol, value) => [value, `${symbol} = ${grouped(value)}`, grouped(value)];

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  figure.number = grouped(99_999); // some are longer, many shorter
  const picture = makePicture(figure);
  yield;
  const filters = makeConvolution(figure);
  yield;
  const formulas = Object.fromEntries(
    ["inputs", "first", "second", "convolution"].map((name) => [name, figure.readout(name)]),
  );
  const table = makeTable(t);
  /** @param {string} name @param {string} symbol @param {string} color */
  const slider = (name, symbol, color) =>
    figure.slider(name, { symbol, color, label: t(`trait_${name}`), format: grouped });
  yield;
  figure.show(
    picture.plot.node,
    figure.panel(slider("height", "H", "input"), slider("width", "W", "input"), slider("hidden", "d_1", "activation")),
    figure.foot,
    figure.presetButtons(),
    figure.row(formulas.inputs, formulas.first),
  );
  yield;
  const fold = more(
    figure,
    filters.plot.node,
    figure.panel(slider("channels", "C", "input"), slider("pool", "s", "ink"), slider("outputs", "d_2", "prediction")),
    figure.row(formulas.second, formulas.convolution),
    h("div", { class: "nn-scroll" }, table.node),
  );

  return (state) => {
    const { channels, pool, hidden, outputs } = state;
    const counted = count(state);
    const { rows, columns, inputs, first, second, convolution } = counted;
    picture.draw(state, counted);
    const side = (/** @type {string} */ symbol) => (pool === 1 ? symbol : `⌊${symbol}/s⌋`);
    formulas.inputs.show(
      `d_0 = ${side("H")}\\,${side("W")}\\,C = \\c{input}{${rows}\\cdot${columns}\\cdot${channels}} = ${grouped(inputs)}`,
    );
    formulas.first.show(
      `(d_0 + 1)\\cdot d_1 = \\c{input}{${grouped(inputs + 1)}}\\cdot\\c{activation}{${grouped(hidden)}} = ${grouped(first)}`,
    );
    speak(figure, state, counted);
    if (!fold.open) return;
    filters.draw(state, counted);
    formulas.second.show(
      `(d_1 + 1)\\cdot d_2 = \\c{activation}{${grouped(hidden + 1)}}\\cdot\\c{prediction}{${grouped(outputs)}} = ${grouped(second)}`,
    );
    formulas.convolution.show(
      `(${KERNEL * KERNEL}\\,C + 1)\\cdot${FILTERS} = \\c{weight}{${counted.window + 1}\\cdot${FILTERS}} = ${grouped(convolution)}`,
    );
    table.show(hidden, counted);
  };
}

/** A plot of so many bars. @param {Figure<Traits>} figure @param {number} rows @param {string} label */
const barPlot = (figure, rows, label) =>
  figure.plot({
    x: [1, MOST],
    y: [0, rows],
    xLog: true,
    yTicks: [],
    xFormat: (value) => (value === 1 ? "1" : `10^{${Math.round(Math.log10(value))}}`),
    ratio: 1,
    maxHeight: 62 * rows,
    margin: { top: 4, left: 10, right: 10 },
    label,
  });

const sizeOf = (/** @type {number} */ parameters) => `${grouped(parameters)} = ${bytes(parameters)}`;

/** A bar for each layer; dashed, what pooling saves. @param {Figure<Traits>} figure */
function makePicture(figure) {
  const { t } = figure;
  const plot = barPlot(figure, 2, t("plot"));
  const ghost = plot.rect({ fill: "none", color: "muted" });
  ghost.element.setAttribute("stroke-dasharray", "4 4");
  const bars = {
    first: bar(plot, "first", 1, ["input", "input", "input", "activation"]),
    second: bar(plot, "second", 0, ["activation", "prediction"]),
  };
  /** @param {Traits} state @param {Counted} counted */
  const draw = ({ channels, pool, hidden, outputs }, counted) => {
    const { rows, columns, inputs, first, second } = counted;
    const by = pool === 1 ? "" : "/s";
    bars.first.show(`\\text{${t("first")}}`, sizeOf(first), [
      named(`H${by}`, rows),
      named(`W${by}`, columns),
      named("C", channels),
      named("d_1", hidden),
    ]);
    bars.second.show(`\\text{${t("second")}}`, sizeOf(second), [named("d_1", hidden), named("d_2", outputs)]);
    if (pool > 1) ghost.at(inputs * hidden, bars.first.low, counted.unpooled * hidden, bars.first.high);
    else ghost.hide();
  };
  return { plot, draw };
}

/** On the same scale the bar of a convolution, which has neither H nor W. @param {Figure<Traits>} figure */
function makeConvolution(figure) {
  const { t } = figure;
  const plot = barPlot(figure, 1, t("convolution"));
  const only = bar(plot, "convolution", 0, ["weight", "input", "weight"]);
  /** @param {Traits} state @param {Counted} counted */
  const draw = ({ channels }, { convolution }) =>
    only.show(`\\text{${t("convolution")}}\\,${KERNEL}\\times${KERNEL}`, sizeOf(convolution), [
      [KERNEL * KERNEL, `${KERNEL}\\cdot${KERNEL}`, grouped(KERNEL * KERNEL)],
      named("C", channels),
      [FILTERS, grouped(FILTERS)],
    ]);
  return { plot, draw };
}

/** Numbers made and multiplications, of the first layer and of the convolution. @param {Translate} t */
function makeTable(t) {
  const cells = Object.fromEntries(
    ["made-first", "work-first", "made-convolution", "work-convolution"].map((name) => [
      name,
      h("td", { "data-name": name }),
    ]),
  );
  const node = h(
    "table",
    { class: "nn-table", "aria-label": t("table") },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td"),
        ["made", "multiplications"].map((name) => h("th", { scope: "col", text: t(name) })),
      ),
    ),
    h(
      "tbody",
      {},
      ["first", "convolution"].map((name) =>
        h("tr", {}, h("th", { scope: "row", text: t(name) }), cells[`made-${name}`], cells[`work-${name}`]),
      ),
    ),
  );
  /** @param {number} hidden @param {Counted} counted */
  const show = (hidden, { inputs, convolved, multiplications }) => {
    set(cells["made-first"], { text: grouped(hidden) });
    set(cells["work-first"], { text: grouped(inputs * hidden) });
    set(cells["made-convolution"], { text: grouped(convolved) });
    set(cells["work-convolution"], { text: grouped(multiplications) });
  };
  return { node, show };
}

/** 602 MB; for small layers kB, for the largest GB. @param {number} parameters */
function bytes(parameters) {
  const size = megabytes(parameters);
  const [scale, unit] = size < 1 ? [1e3, "kB"] : size < 1e3 ? [1, "MB"] : [1e-3, "GB"];
  return `${significant(size * scale, 3)}\\,\\text{${unit}}`;
}

/** @param {Figure<Traits>} figure @param {Traits} state @param {Counted} counted */
function speak(figure, { height, width, pool, hidden, outputs }, counted) {
  const { rows, columns, inputs, unpooled, first, second, leftOut } = counted;
  if (leftOut[0] + leftOut[1] > 0) {
    figure.say("left_out", {
      s: pool,
      H: height,
      W: width,
      rows: leftOut[0],
      columns: leftOut[1],
      inputs: grouped(inputs),
    });
  } else if (second > first) {
    figure.say(outputs > inputs ? "second_larger" : "second_by_biases", {
      inputs: grouped(inputs),
      outputs: grouped(outputs),
      hidden: grouped(hidden),
    });
  } else if (pool > 1) {
    figure.say("pooled", {
      s: pool,
      rows,
      columns,
      times: grouped(unpooled / inputs),
      before: grouped((unpooled + 1) * hidden),
      first: grouped(first),
    });
  } else {
    figure.say("all_to_all", {
      hidden: grouped(hidden),
      inputs: grouped(inputs),
      first: grouped(first),
      second: grouped(second),
    });
  }
}
