"""Tests of selfreferral.actions."""
