"""Tests: the same paths as the code, journeys of whole stories, and a real browser."""
