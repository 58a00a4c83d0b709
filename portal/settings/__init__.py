"""Settings for each place Together runs: dev, test and production, all built on base."""
