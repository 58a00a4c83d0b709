"""Face-to-face sessions: what is planned, and the paper that lies on the table."""
