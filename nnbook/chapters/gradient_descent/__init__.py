"""What the chapter asks: gradient descent."""
