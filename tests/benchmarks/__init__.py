"""The figures are only as good as what takes them."""
