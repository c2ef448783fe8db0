// The words that every figure has.
import en from "../../../nnbook/messages/en/shared.json";
import zh from "../../../nnbook/messages/zh/shared.json";

/** @type {import("./types.js").Catalogue} */
export default { en, zh };
