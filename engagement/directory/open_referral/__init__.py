"""Open Referral UK 3.0: the directory as other programs read it."""
