"""What the chapter asks: playground."""
