"""How a chapter of the built site becomes slides."""
