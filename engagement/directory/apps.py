"""Registers the directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "engagement.directory"
    label = "directory"
    verbose_name = "Directory and what’s on"
