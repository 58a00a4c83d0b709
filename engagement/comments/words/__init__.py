"""What rules see in somebody’s words: private details, a cry for help, and that another said the same."""
