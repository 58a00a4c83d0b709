"""Actions: how far each has come, who asked for which, and what is filled in about them."""
