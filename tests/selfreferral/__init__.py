"""Tests of selfreferral."""
