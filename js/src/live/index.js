// Python on the page: what a page loads when its reader first edits or checks something (rest.js).

export { begin } from "./page.js";
export { Runtime } from "./runtime.js";
