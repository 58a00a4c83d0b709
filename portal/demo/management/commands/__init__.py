"""Commands that build and run the demo village."""
