"""Reaching somebody: the safe-contact card, what comes of a try, and where they are helped to go."""
