"""The weekly mail: what is on, what is new and what was done, for readers who chose one mail a week."""
