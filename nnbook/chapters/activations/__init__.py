"""What the chapter asks: activations."""
