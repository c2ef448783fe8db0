"""Independent answers to hold nnlib against: mpmath at 60 digits, JAX, and plain formulas."""
