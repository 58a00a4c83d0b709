"""Tests of the forms in which staff keep the directory."""
