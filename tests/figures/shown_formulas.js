// Put a figure into its presets and into states as a reader makes them; list the formulas that it shows, once each, as a
// program would write them: `2*3=6`, and `≈` where the figure says so.
(root, states) => {
  const { figure } = root;
  const { controls, presets, initial } = figure;
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const within = ({ min, max, step, whole, scale }) => {
    const value = scale === "log" ? min * (max / min) ** random() : min + (max - min) * random();
    return whole ? Math.round(value) : Number((Math.round(value / step) * step).toFixed(6));
  };
  const changed = () => {
    const found = {};
    for (const [name, limits] of Object.entries(controls)) {
      if (typeof initial[name] === "number" && typeof limits.max === "number") found[name] = within(limits);
      else if (Array.isArray(initial[name]) && initial[name].every((value) => typeof value === "number"))
        found[name] = initial[name].map(
          (value) => value + (limits.step ? Math.round(9 * random() - 4.5) * limits.step : 0),
        );
    }
    return found;
  };
  const written = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
    const inner = [...node.childNodes].map(written);
    if (node.localName === "sup") return `**(${inner.join("")})`;
    if (node.localName === "sub") return `_${inner.join("")}`;
    if (node.classList?.contains("nn-frac")) return `((${inner[0]})/(${inner[1]}))`;
    return inner.join("");
  };
  const all = new Set();
  const at = Object.values(presets);
  for (const state of [{}, ...at, ...Array.from({ length: states }, changed)]) {
    figure.set({ ...initial, ...state });
    for (const value of root.querySelectorAll(".nn-live-value, .nn-sentence"))
      for (const formula of value.querySelectorAll(".nn-math")) all.add(written(formula));
    if (figure.broken) throw figure.broken;
  }
  figure.reset();
  return [...all].filter((formula) => /[=≈]/.test(formula));
};
