"""Registers the geo app."""

from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "portal.geo"
    label = "geo"
    verbose_name = "Places"
