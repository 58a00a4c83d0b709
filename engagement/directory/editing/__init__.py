"""How staff keep the directory: their forms."""
