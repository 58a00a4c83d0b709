"""What the letters to people who follow a comment say; importing this declares every one of them."""

from engagement.comments.hearing.letters import acting, reading

__all__ = ["acting", "reading"]
