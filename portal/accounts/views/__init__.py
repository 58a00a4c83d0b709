"""Pages about accounts: staff's screens of people, the door of an invitation, and a resident's own page."""
