"""What happens to somebody's words when the machine fails."""
