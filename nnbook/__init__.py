"""nnbook: what the book adds to a notebook: figures that answer, exercises, predictions, words.

`nnlib` is the library that the book teaches; this package is the book's own. Its parts are imported
by themselves, such as ``from nnbook import exercises, widgets``; the figures also need anywidget.
"""

from nnbook.messages import get_language, set_language
from nnbook.tables import table

__all__ = ["get_language", "set_language", "table"]
