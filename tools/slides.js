// Shows a deck with reveal.js, and makes its figures as large as their slides let them be.
(() => {
  const WIDTHS = [560, 640, 720, 820, 940, 1100]; // at which a figure is tried: it lays itself out by its own width
  const MOST = 1.7; // times the size on the page
  const SMALLEST = 15; // pixels of a slide's letters
  const NARROW = 24; // and of those beside a figure, which are smaller than the slide's
  const CLICKER = ["PageDown", "PageUp"]; // what a presenter's remote sends

  const frame = () => new Promise(requestAnimationFrame);
  const inFigure = (/** @type {EventTarget | null} */ target) =>
    target instanceof Element && target.closest(".nn-figure") !== null;

  /** @param {HTMLElement} stage @param {HTMLElement} figure @param {number} width */
  const scaleAt = ({ clientWidth, clientHeight }, figure, width) =>
    Math.min(MOST, clientWidth / width, clientHeight / figure.offsetHeight);

  /** @param {HTMLElement} stage @param {HTMLElement} figure @param {number} width */
  function place(stage, figure, width) {
    const scale = scaleAt(stage, figure, width);
    const left = (stage.clientWidth - scale * width) / 2;
    const top = (stage.clientHeight - scale * figure.offsetHeight) / 2;
    figure.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
  }

  /** Lays a figure out at a width; tells how large it can be there. @param {HTMLElement} figure @param {number} width */
  async function sizeAt(figure, width) {
    figure.style.width = `${width}px`;
    for (let n = 0; n < 3; n += 1) await frame(); // it hears of its width, and draws
    return scaleAt(/** @type {HTMLElement} */ (figure.parentElement), figure, width);
  }

  /**
   * Finds where a figure is largest: at which width, and with its caption below it or beside it.
   * @param {HTMLElement} main @param {HTMLElement} stage @param {HTMLElement} figure
   */
  async function fitFigure(main, stage, figure) {
    while (figure.hasAttribute("data-state")) await frame(); // it is not drawn yet
    let best = { scale: 0, width: WIDTHS[0], beside: false };
    for (const beside of main.children.length > 1 ? [false, true] : [false]) {
      main.classList.toggle("beside", beside);
      if (beside && fitText(main, figure) < NARROW) continue;
      for (const width of WIDTHS) {
        const scale = await sizeAt(figure, width);
        if (scale >= best.scale * (beside && !best.beside ? 1.1 : 1)) best = { scale, width, beside };
      }
    }
    main.classList.toggle("beside", best.beside);
    fitText(main, figure);
    await sizeAt(figure, best.width);
    new ResizeObserver(() => place(stage, figure, best.width)).observe(figure);
    place(stage, figure, best.width);
    stage.dataset.fits = best.scale.toFixed(2);
  }

  /**
   * Makes the letters of a slide smaller until all of it is there, and returns their size.
   * @param {HTMLElement} main @param {HTMLElement | null} figure which makes itself fit
   */
  function fitText(main, figure) {
    const high = [main, ...main.querySelectorAll(".stage")];
    const wide = [...high, ...main.querySelectorAll(".displayed")];
    const tooLarge = () =>
      high.some((part) => part.scrollHeight > part.clientHeight + 2) ||
      wide.some((part) => part.scrollWidth > part.clientWidth + 1);
    main.style.fontSize = "";
    let size = Number.parseFloat(getComputedStyle(main).fontSize);
    figure?.style.setProperty("display", "none");
    for (; tooLarge() && size > SMALLEST; size -= 1) main.style.fontSize = `${size - 1}px`;
    figure?.style.removeProperty("display");
    return size;
  }

  /** @param {Element | undefined} slide */
  function fit(slide) {
    const main = /** @type {HTMLElement | null | undefined} */ (slide?.querySelector(".main"));
    if (!main || main.dataset.fits || main.clientHeight === 0) return;
    main.dataset.fits = "asked";
    const figure = /** @type {HTMLElement | null} */ (main.querySelector(".nn-figure"));
    fitText(main, figure);
    if (figure?.parentElement) fitFigure(main, figure.parentElement, figure);
  }

  const root = document.documentElement;
  function changeScheme() {
    const dark = root.dataset.scheme
      ? root.dataset.scheme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.scheme = dark ? "light" : "dark";
  }

  const { Reveal, RevealNotes, nnlibFigures } = /** @type {any} */ (globalThis);
  const near = () => {
    const slides = Reveal.getSlides();
    const now = slides.indexOf(Reveal.getCurrentSlide());
    for (const slide of slides.slice(Math.max(0, now - 1), now + 3)) fit(slide);
  };
  Reveal.on("slidechanged", () => {
    if (inFigure(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
    near();
  });
  Reveal.on("pdf-ready", () => {
    dispatchEvent(new Event("beforeprint")); // now every figure is drawn
    Reveal.getSlides().forEach(fit);
  });
  nnlibFigures?.hydrate();
  Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    maxScale: 4,
    center: false,
    hash: true,
    transition: "none",
    slideNumber: "c/t",
    viewDistance: 3,
    scrollActivationWidth: null, // it would write the slides anew, and their figures would be dead
    pdfMaxPagesPerSlide: 1,
    keyboardCondition: (/** @type {KeyboardEvent} */ event) => CLICKER.includes(event.key) || !inFigure(event.target),
    keyboard: { 68: changeScheme },
    plugins: [RevealNotes],
  }).then(() => {
    Reveal.registerKeyboardShortcut("D", "Light or dark");
    near();
  });
})();
