"""What the chapter asks: networks."""
