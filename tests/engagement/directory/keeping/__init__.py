"""Tests of keeping the directory true."""
