"""One whole story per person, through the HTTP client."""
