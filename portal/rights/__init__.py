"""What people may ask of us about themselves: what we hold, to put it right, not to use it, to erase it, to stop."""
