"""Whether the portal is well: figures for a page, for Prometheus, and for a mail when something is stuck."""
