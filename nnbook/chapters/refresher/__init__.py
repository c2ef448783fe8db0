"""What the chapter asks: refresher."""
