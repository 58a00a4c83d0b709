"""Addresses of the read API, with and without a slash at the end; whatever else is asked for is refused in JSON."""

from django.urls import path, re_path

from engagement.directory.open_referral import views

ROOT = "open-referral/v3/"
_ONE = r"/(?P<number>[^/]+)/?$"

urlpatterns = [
    path(ROOT, views.about, name="open_referral"),
    re_path(rf"^{ROOT}services/?$", views.services, name="open_referral_services"),
    re_path(rf"^{ROOT}services{_ONE}", views.service, name="open_referral_service"),
    re_path(rf"^{ROOT}service_at_locations/?$", views.service_at_locations, name="open_referral_service_at_locations"),
    re_path(rf"^{ROOT}service_at_locations{_ONE}", views.service_at_location, name="open_referral_service_at_location"),
    re_path(rf"^{ROOT}taxonomies/?$", views.taxonomies, name="open_referral_taxonomies"),
    re_path(rf"^{ROOT}taxonomies{_ONE}", views.taxonomy, name="open_referral_taxonomy"),
    re_path(rf"^{ROOT}taxonomy_terms/?$", views.taxonomy_terms, name="open_referral_taxonomy_terms"),
    re_path(rf"^{ROOT}taxonomy_terms{_ONE}", views.taxonomy_term, name="open_referral_taxonomy_term"),
    path(f"{ROOT}<path:rest>", views.nothing, name="open_referral_nothing"),
]
