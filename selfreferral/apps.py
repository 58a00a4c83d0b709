"""Registers the selfreferral app."""

from django.apps import AppConfig


class SelfReferralConfig(AppConfig):
    name = "selfreferral"
    label = "selfreferral"
    verbose_name = "People who asked for help"
