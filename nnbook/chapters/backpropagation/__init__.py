"""What the chapter asks: backpropagation."""
