"""The desk of sessions: the rows, the forms and the deeds of those who call one off or move it, staff and keepers alike."""
