"""Tests of portal.emails."""
