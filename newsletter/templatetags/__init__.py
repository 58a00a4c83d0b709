"""Template tags of the newspaper."""
