"""What the chapter asks: digits."""
