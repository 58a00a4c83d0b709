"""Commands a technician runs."""
