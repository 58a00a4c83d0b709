"""Registers the comments app."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "engagement.comments"
    label = "comments"
    verbose_name = "Comments about places"
