"""Every way in which a request about oneself is changed."""
