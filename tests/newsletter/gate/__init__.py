"""Tests of newsletter.gate."""
