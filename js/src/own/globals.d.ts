// What theme/own writes for the page "My network".

declare var nnlibOwn: import("./program.js").Program;
