"""What is done to accounts, each with its doer and one line of history."""
