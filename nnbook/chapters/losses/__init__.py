"""What the chapter asks: losses."""
