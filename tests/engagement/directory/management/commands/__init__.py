"""Tests of the directory’s commands."""
