// js/build.mjs makes these modules of the catalogues: language -> key -> text.
declare module "messages/*" {
  const words: Record<string, Record<string, string>>;
  export default words;
}
