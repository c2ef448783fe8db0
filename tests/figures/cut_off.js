// Put a figure of this width into many states; list the numbers and formulas that are cut off.
// `more`: states beside presets, choices and extremes.
async (root, [width, more]) => {
  const { figure } = root;
  const { controls, presets, initial } = figure;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const numeric = Object.entries(controls).filter(([name, { min, max }]) =>
    [min, max, [initial[name]].flat()[0]].every((value) => typeof value === "number"),
  );
  const choices = [...root.querySelectorAll("input[type=radio]")].flatMap(({ value, dataset: { name } }) =>
    (controls[name]?.values ?? []).filter((known) => String(known) === value).map((known) => ({ [name]: known })),
  );
  const extreme = (pick) =>
    Object.fromEntries(
      numeric.map(([name, { min, max }], index) => {
        const value = pick(index) ? max : min;
        return [name, Array.isArray(initial[name]) ? initial[name].map(() => value) : value];
      }),
    );
  const ends = [() => true, () => false, (index) => index % 2 === 0, (index) => index % 2 === 1];
  const states = [
    {},
    ...more,
    ...Object.values(presets),
    ...choices,
    ...ends.flatMap((pick) => [{}, ...choices].map((choice) => ({ ...extreme(pick), ...choice }))),
  ];
  // Between which edges a part can be seen: those of the figure, and of all around it that clips.
  const edges = (around, known) => {
    if (known.has(around)) return known.get(around);
    const beyond = around === root ? [-Infinity, Infinity] : edges(around.parentElement, known);
    const clips = around === root || getComputedStyle(around).overflowX !== "visible";
    const { left, right } = clips ? around.getBoundingClientRect() : {};
    const found = clips ? [Math.max(beyond[0], left), Math.min(beyond[1], right)] : beyond;
    known.set(around, found);
    return found;
  };
  const cutOff = (element, known) => {
    const inner = element.getBoundingClientRect();
    if (inner.width === 0) return false;
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== "visible") return true;
    const [left, right] = edges(element.parentElement, known);
    return inner.left < left - 1 || inner.right > right + 1;
  };
  // On the smallest phones a table may scroll, and shows that it does; its results are seen all the same.
  const mayScroll = (element) => root.clientWidth < 300 && element.closest(".nn-scroll td:not(:last-child)");
  const found = new Map();
  root.style.width = `${width}px`;
  await frame();
  await frame();
  for (const state of states) {
    figure.set({ ...initial, ...state });
    const known = new Map();
    for (const element of root.querySelectorAll(".nn-formula, .nn-live-value, .nn-value, .nn-pg-held, td")) {
      if (mayScroll(element) || !cutOff(element, known)) continue;
      const key = element.dataset.name ?? element.querySelector("[data-name]")?.dataset.name ?? element.className;
      if (!found.has(key)) found.set(key, `${element.textContent} in ${JSON.stringify(state)}`);
    }
    if (figure.broken) throw figure.broken;
  }
  figure.reset();
  root.style.width = "";
  return [...found].map((entry) => entry.join(": "));
};
