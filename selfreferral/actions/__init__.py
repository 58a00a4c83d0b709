"""Everything that changes something in this room, one action for each thing that people do."""
