"""Pages of the directory: for everybody, and for staff."""
