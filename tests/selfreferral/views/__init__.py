"""Tests of selfreferral.views."""
