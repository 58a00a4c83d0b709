"""A site as `wagtail start` makes it, with a page of twenty blocks, a menu and a setting, and the caches that others offer."""
