"""Keeping it true: those who keep an entry, what they want changed, what residents say is wrong, and who looked last."""
