"""Asking what people think of our help: what is asked, how links are printed, and what the answers come to."""
