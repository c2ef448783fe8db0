// What theme/reading/progress.py writes for the pages about the reader's own record.

declare var nnlibBook: import("./types.js").Book;
declare var nnlibMistakes: import("./types.js").Mistakes;
