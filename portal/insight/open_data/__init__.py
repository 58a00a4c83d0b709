"""Open data: every figure that a report made public, one file for each, with what its columns mean beside it."""
