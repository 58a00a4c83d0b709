"""What a partner may be shown, and the agreement that it takes."""
