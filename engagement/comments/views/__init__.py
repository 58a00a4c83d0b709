"""Pages of this room: what residents read and write, and what staff decide."""
