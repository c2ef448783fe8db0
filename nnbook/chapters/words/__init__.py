"""What the chapter asks: words."""
