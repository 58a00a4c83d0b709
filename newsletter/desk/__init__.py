"""What the editor's sending screens show and take."""
