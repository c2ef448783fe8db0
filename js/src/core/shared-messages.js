// The words that every figure has.
import en from "../../../nnlib/messages/en/shared.json";
import zh from "../../../nnlib/messages/zh/shared.json";

export default { en, zh };
