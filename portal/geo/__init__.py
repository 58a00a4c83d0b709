"""Postcodes, areas and named places, and how far apart they are."""
