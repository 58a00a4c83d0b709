"""The moderation desk: what it shows of each comment, its pages, and what a moderator is told in the morning."""
