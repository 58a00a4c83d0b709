"""Tests of telling people who asked."""
