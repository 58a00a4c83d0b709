"""The paper of a face-to-face session: its squares, its map as a picture, and what was written on it."""
