// What the page loads when the reader first wants to run something.
export { Runtime } from "./runtime.js";
