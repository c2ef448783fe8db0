// js/build.mjs makes these modules. Of the catalogues: language -> key -> text.
declare module "words:*" {
  const words: Record<string, Record<string, string>>;
  export default words;
}
/** Of scripts: the built one, as text. */
declare module "built/*" {
  const script: string;
  export default script;
}
