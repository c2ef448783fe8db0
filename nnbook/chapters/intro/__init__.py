"""What the chapter asks: intro."""
