"""Everything that changes a comment, an answer or an action: each in one transaction, with one audit event."""
