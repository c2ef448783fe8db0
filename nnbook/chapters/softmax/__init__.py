"""What the chapter asks: softmax."""
