"""The reader's own network: ten parts of one program, each written in an exercise of its own.

``from my_network import layer`` works wherever exercises do: the module `my_network` consists of
the reader's parts, and of the book's where the reader has none yet.
"""
