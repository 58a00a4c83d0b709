"""Tests of what those who run sessions do."""
