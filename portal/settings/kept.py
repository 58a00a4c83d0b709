"""How long what is kept: defaults for the partnership to decide about; what each period is for stands in docs/privacy.md."""

from portal.settings.environment import env

# Requests for help, by how they ended.
KEEP_CLOSED_DAYS: int = env.int("KEEP_CLOSED_DAYS", default=1095)
KEEP_SIGNPOSTED_DAYS: int = env.int("KEEP_SIGNPOSTED_DAYS", default=365)
KEEP_WITHDRAWN_DAYS: int = env.int("KEEP_WITHDRAWN_DAYS", default=90)
KEEP_DOOR_OPEN_DAYS: int = env.int("KEEP_DOOR_OPEN_DAYS", default=730)
KEEP_TOMBSTONES_YEARS: int = env.int("KEEP_TOMBSTONES_YEARS", default=6)

# Comments about places.
KEEP_COMMENTS_YEARS: int = env.int("KEEP_COMMENTS_YEARS", default=6)
KEEP_NOT_SHOWN_DAYS: int = env.int("KEEP_NOT_SHOWN_DAYS", default=365)
KEEP_LEAVE_TO_HELP_DAYS: int = env.int("KEEP_LEAVE_TO_HELP_DAYS", default=28)
KEEP_VERDICT_WORDS_DAYS: int = env.int("KEEP_VERDICT_WORDS_DAYS", default=365)
KEEP_PROMISES_DAYS: int = env.int("KEEP_PROMISES_DAYS", default=365)

# The directory.
KEEP_CORRECTIONS_DAYS: int = env.int("KEEP_CORRECTIONS_DAYS", default=90)
KEEP_ENDED_KEEPERS_DAYS: int = env.int("KEEP_ENDED_KEEPERS_DAYS", default=365)
KEEP_MERGED_CONTACTS_DAYS: int = env.int("KEEP_MERGED_CONTACTS_DAYS", default=90)
KEEP_TOLD_DAYS: int = env.int("KEEP_TOLD_DAYS", default=31)

# The newspaper and mail.
KEEP_LEFT_READERS_DAYS: int = env.int("KEEP_LEFT_READERS_DAYS", default=28)
KEEP_UNCONFIRMED_READERS_DAYS: int = env.int("KEEP_UNCONFIRMED_READERS_DAYS", default=28)
KEEP_WAITING_FOR_POST_DAYS: int = env.int("KEEP_WAITING_FOR_POST_DAYS", default=90)
KEEP_COPIES_DAYS: int = env.int("KEEP_COPIES_DAYS", default=365)
KEEP_SOFT_BOUNCES_DAYS: int = env.int("KEEP_SOFT_BOUNCES_DAYS", default=182)

# Those who work here, and what they did.
KEEP_CLOSED_ACCOUNTS_DAYS: int = env.int("KEEP_CLOSED_ACCOUNTS_DAYS", default=90)
KEEP_HISTORY_YEARS: int = env.int("KEEP_HISTORY_YEARS", default=6)
KEEP_REQUESTS_YEARS: int = env.int("KEEP_REQUESTS_YEARS", default=3)
KEEP_HOLDS_YEARS: int = env.int("KEEP_HOLDS_YEARS", default=6)
KEEP_DRAFTS_OF_PAGES_DAYS: int = env.int("KEEP_DRAFTS_OF_PAGES_DAYS", default=730)
KEEP_DONE_WORK_DAYS: int = env.int("KEEP_DONE_WORK_DAYS", default=14)

# How long before a finished request, a comment or an account goes somebody is told that it will.
PURGE_WARNING_DAYS: int = env.int("PURGE_WARNING_DAYS", default=14)
