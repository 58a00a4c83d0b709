"""Production, but for one thing each: what the figures compare."""
