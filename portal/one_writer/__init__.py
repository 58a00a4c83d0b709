"""SQLite for a process of many threads: whoever writes waits in line for their turn, first come, first served."""
