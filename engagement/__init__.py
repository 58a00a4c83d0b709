"""What the village offers and what residents say: the directory and the comments."""
