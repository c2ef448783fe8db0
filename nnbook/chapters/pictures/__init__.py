"""What the chapter asks: pictures."""
