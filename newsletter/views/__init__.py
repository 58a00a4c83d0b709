"""Pages for readers, and the editor's sending screens."""
