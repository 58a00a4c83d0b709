"""Tests of engagement.directory.open_referral."""
