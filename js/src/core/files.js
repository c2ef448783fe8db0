// Files that a page offers to its reader.

/** Offer a text as a file. @param {string} text @param {string} type @param {string} name */
export function saveFile(text, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may still be asking where to
}
