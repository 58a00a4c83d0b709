"""The screens of this room: those of the people who ask, and those of the people who answer."""
