"""What the worker does for this room. Each task takes numbers only, so that no address lies in the queue."""
