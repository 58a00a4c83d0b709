"""A small populated database of each release, and what becomes of it under the code of today."""
