"""The interactive figures, a folder each (README.md); `nnbook.widgets` lists their classes."""

from nnlib._extras import missing

try:
    import anywidget  # noqa: F401 (only to say what is missing)
    import matplotlib  # noqa: F401
except ImportError as error:
    raise missing("nnbook.widgets", "widgets", error) from error
