"""Things that tests need, made with sensible words."""
