"""The same stories in a real Chromium."""
