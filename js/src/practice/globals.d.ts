// What the parts that ask again find in the global scope.

/** The questions of this edition: review.js, written by the theme. */
declare var nnlibReview: { version: 1; questions: Record<string, import("./types.js").Question> };
/** The bundle of this folder. */
declare var nnlibPractice: typeof import("./index.js");
/** The core of the figures. */
declare var nnlibFigures: typeof import("../core/index.js");
/** The bundle of study/, where the address asks for a study. */
declare var nnlibStudy: typeof import("./study/index.js");
