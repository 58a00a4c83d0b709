"""The names of what people may do with the newspaper; who may is in the roles."""

SEND = "newsletter.send_campaign"
KEEP_READERS = "newsletter.keep_subscribers"
