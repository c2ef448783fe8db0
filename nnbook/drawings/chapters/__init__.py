"""The drawings, one module per chapter."""
