"""Addresses a machine asks: is it alive, is it ready."""

from django.urls import path

from portal.operations import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
