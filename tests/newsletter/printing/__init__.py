"""Tests of the printed newspaper."""
