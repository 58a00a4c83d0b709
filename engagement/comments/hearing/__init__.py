"""Hearing back: links, mails and alerts for authors and for people who follow a place."""
