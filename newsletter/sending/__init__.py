"""Carries a sending to its readers: the mail made once, merged for each reader, handed over on a line, written down."""
