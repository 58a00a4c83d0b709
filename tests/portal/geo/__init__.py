"""Tests of portal.geo."""
