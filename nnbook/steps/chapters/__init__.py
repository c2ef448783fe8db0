"""The calculations, one module per chapter."""
