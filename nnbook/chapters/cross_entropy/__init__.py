"""What the chapter asks: cross entropy."""
