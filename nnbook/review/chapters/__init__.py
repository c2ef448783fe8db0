"""One module per chapter: `QUESTIONS`, a dictionary by their own names, in the chapter's order."""
