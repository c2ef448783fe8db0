"""What the chapter asks: diagnosis."""
