"""The list of readers as staff keep it: written down, looked up, posted to."""
