"""Tests of the weekly mail."""
