"""Pages for keepers, for residents who tell us that something is wrong, and for the coordinator."""
