"""Telling people who asked: the form, the mails, the links, and who is told what."""
