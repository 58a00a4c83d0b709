"""The map: the grid of squares, how many comments lie in each, and what is drawn of them."""
