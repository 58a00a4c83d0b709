"""Import commands for places."""
