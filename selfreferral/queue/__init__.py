"""The queue: what waits, how pressing it is, and how somebody is found in it."""
