// Put a figure into many states; list the numbers and formulas that are cut off. `more`: states
// beside presets, choices and extremes.
async (root, more) => {
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
  const cutOff = (element) => {
    const inner = element.getBoundingClientRect();
    if (inner.width === 0) return false;
    for (let around = element; around !== root.parentElement; around = around.parentElement) {
      if (around !== root && getComputedStyle(around).overflowX === "visible") continue;
      const outer = around.getBoundingClientRect();
      if (around.scrollWidth > around.clientWidth + 1 && around === element) return true;
      if (inner.left < outer.left - 1 || inner.right > outer.right + 1) return true;
    }
    return false;
  };
  // On the smallest phones a table may scroll, and shows that it does; its results are seen all the same.
  const mayScroll = (element) => root.clientWidth < 300 && element.closest(".nn-scroll td:not(:last-child)");
  const found = new Map();
  await frame();
  await frame();
  for (const state of states) {
    figure.set({ ...initial, ...state });
    for (const element of root.querySelectorAll(".nn-formula, .nn-live-value, .nn-value, td")) {
      if (mayScroll(element) || !cutOff(element)) continue;
      const key = element.dataset.name ?? element.querySelector("[data-name]")?.dataset.name ?? element.className;
      if (!found.has(key)) found.set(key, `${element.textContent} in ${JSON.stringify(state)}`);
    }
    if (figure.broken) throw figure.broken;
  }
  figure.reset();
  return [...found].map((entry) => entry.join(": "));
};
