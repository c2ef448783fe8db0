"""The reader's own network: ten parts of one program, each written in an exercise of its own.

``from my_network import layer`` works wherever `nnbook.exercises` is imported: the module
`my_network` (`module`) consists of the reader's parts, and of the book's (`parts`) where there is
none yet. An answer that is right becomes a part (`cleaning`, `keeping`); where one is wrong, an
earlier part may be why (`blaming`). In Jupyter, the whole program (`program`) is a file beside the
notebook; a page of the book keeps the parts itself.
"""
