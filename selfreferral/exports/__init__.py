"""What leaves this room: numbers, names for whoever is owed them, and pages of paper."""
