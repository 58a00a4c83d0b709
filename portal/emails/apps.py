"""Registers the emails app."""

from django.apps import AppConfig


class EmailsConfig(AppConfig):
    name = "portal.emails"
    label = "emails"
    verbose_name = "E-mail"
