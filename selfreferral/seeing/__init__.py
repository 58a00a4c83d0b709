"""Who may see a record, who looked, and who is told of it."""
