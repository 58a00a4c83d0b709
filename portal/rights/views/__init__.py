"""Staff screens of the rights room."""
