"""Tests of portal.privacy."""
