"""Addresses of the staff screens of people."""

from django.urls import path

from portal.accounts.views import people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/changes/", people.changes, name="people_changes"),
    path("people/changes/<int:pk>/agree/", people.agree_to_change, name="people_agree"),
    path("people/changes/<int:pk>/refuse/", people.refuse_change, name="people_refuse"),
    path("people/changes/<int:pk>/again/", people.invite_again, name="people_invite_again"),
    path("people/invite/", people.invite_person, name="people_invite"),
    path("people/<int:pk>/", people.person, name="people_person"),
    path("people/<int:pk>/close/", people.close, name="people_close"),
]
