// The parts that Python on the page is made of: what they are, and how they are packed where nothing can be fetched.

/** @import { Packed } from "./protocol.js" */

/** @type {Record<string, string>} */
const TYPES = { wasm: "application/wasm", json: "application/json", js: "text/javascript" };

/** The type of a file, by its name. @param {string} name */
export const MIME = (name) => TYPES[name.split(".").pop() ?? ""] ?? "application/octet-stream";

/** @param {string} text */
function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The bytes of a packed part: base64, of gzip where that is smaller. @param {Packed} part */
export async function unpacked({ base64, gzip }) {
  const bytes = fromBase64(base64);
  if (!gzip) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
