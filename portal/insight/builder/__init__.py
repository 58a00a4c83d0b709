"""Where staff begin a report: a span of time, whom it is for, and a press."""
