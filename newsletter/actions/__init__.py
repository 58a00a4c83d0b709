"""Everything that changes readers, sendings and copies."""
