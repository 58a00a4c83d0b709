"""Tests of selfreferral.management."""
