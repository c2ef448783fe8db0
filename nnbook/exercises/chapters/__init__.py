"""The exercises, one module a chapter of the book."""
