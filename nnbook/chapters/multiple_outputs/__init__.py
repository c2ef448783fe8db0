"""What the chapter asks: multiple outputs."""
