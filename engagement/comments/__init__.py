"""What residents say about places, and what was done."""
