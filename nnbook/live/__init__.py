"""Python on the page: what runs a chapter's cells in the reader's browser.

A worker of the page (`js/src/live/worker.js`) starts Pyodide and makes one `Session`. It has
neither IPython nor anywidget: `outputs` writes what cells show as Jupyter does, and `screen` passes
it on; `figures` stands between the figures of Python and those of the page; `drawing` puts off
matplotlib until a cell draws; `errors` and `refused` say what went wrong and what a page has not;
`names` finds what a cell needs of the others. `standins` holds packages of that name, as small as
the page needs them.
"""

from nnbook.live.session import Session

__all__ = ["Session"]
