"""Tests of newsletter.models."""
