"""How dates and times read on screen."""
