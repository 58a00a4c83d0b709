"""Sending, suppression and signed links: every mail of the portal passes here."""
