// Names of pages.

/** The page of an address; the first page has two. @param {string} path */
export const pageName = (path) => {
  const name = /([^/]*?)(?:\.html)?$/.exec(path)?.[1] ?? "";
  return name === "" || name === "index" ? "intro" : name;
};
