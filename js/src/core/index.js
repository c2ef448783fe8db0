// What a figure may use. Built once; every figure shares it.
export { stroke } from "./diagram.js";
export { color, h, s, set, uniqueId } from "./dom.js";
export { define } from "./figure.js";
export { bracketed, fixed, grouped, inWords, scientific, significant } from "./format.js";
export { glyph, SHAPES } from "./marks.js";
export { plain } from "./minitex.js";
export { beside, more, moreAtTimes } from "./more.js";
export { hydrate, present } from "./page.js";
export { tickFormat } from "./plot.js";
export { ghost, room, roomy, sentences } from "./room.js";
export { straight } from "./scale.js";
export { setAside } from "./store.js";
export { math, phrase, showMath, showPhrase, spoken, svgMath } from "./typeset.js";
export { widget } from "./widget.js";
