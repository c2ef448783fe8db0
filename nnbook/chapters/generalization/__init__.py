"""What the chapter asks: generalization."""
