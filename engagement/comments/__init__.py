"""Place comments: what residents say about a place, what staff decide, and what was done about it."""
