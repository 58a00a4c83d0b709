"""Addresses of this room: for keepers and residents, and under the staff's own."""

from django.urls import path

from engagement.directory.keeping.views import board, changes, days, door, keepers, place, sessions, wishes, wrong
from engagement.directory.keeping.views import corrections as told

urlpatterns = [
    path("venues/<slug:slug>/wrong/", wrong.venue_is_wrong, name="venue_wrong"),
    path("activities/<slug:slug>/wrong/", wrong.activity_is_wrong, name="activity_wrong"),
    path("keeping/", door.your_places, name="keeping_places"),
    path("keeping/new-link/", door.new_link, name="keeping_new_link"),
    path("keeping/look-in-your-mail/", door.link_sent, name="keeping_link_sent"),
    path("keeping/check/<str:token>/", door.check, name="keeping_check"),
    path("keeping/<str:key>/", place.place, name="keeping"),
    path("keeping/<str:key>/right/", place.still_right, name="keeping_right"),
    path("keeping/<str:key>/sessions/<int:pk>/off/", sessions.off, name="keeping_off"),
    path("keeping/<str:key>/sessions/<int:pk>/move/", sessions.move, name="keeping_move"),
    path("keeping/<str:key>/sessions/<int:pk>/note/", sessions.note, name="keeping_note"),
    path("keeping/<str:key>/sessions/<int:pk>/on/", sessions.on_after_all, name="keeping_on"),
    path("keeping/<str:key>/sessions/<int:pk>/on/<str:on>/", sessions.one_session, name="keeping_session"),
    path("keeping/<str:key>/closed/", days.closed, name="keeping_closed"),
    path("keeping/<str:key>/closed/<int:pk>/undo/", days.open_after_all, name="keeping_open"),
    path("keeping/<str:key>/change/", wishes.change_venue, name="keeping_change"),
    path("keeping/<str:key>/change/<int:pk>/", wishes.change_activity, name="keeping_change_activity"),
    path("keeping/<str:key>/told/<int:pk>/", place.seen_to, name="keeping_seen_to"),
    path("keeping/<str:key>/join/", place.join, name="keeping_join"),
]
staff_urls = [
    path("directory/to-check/", board.to_check, name="directory_to_check"),
    path("directory/to-check/<str:kind>/<int:pk>/", board.checked, name="directory_checked"),
    path("directory/changes/", changes.changes, name="directory_changes"),
    path("directory/changes/<str:kind>/<int:pk>/", changes.one_entry, name="directory_changes_of"),
    path("directory/changes/<int:pk>/decide/", changes.decide, name="directory_decide"),
    path("directory/changes/<str:kind>/<int:pk>/take-all/", changes.take_all, name="directory_take_all"),
    path("directory/wrong/", told.corrections, name="directory_wrong"),
    path("directory/wrong/<int:pk>/", told.seen_to, name="directory_seen_to"),
    path("directory/keepers/<int:pk>/", keepers.keepers, name="directory_keepers"),
    path("directory/keepers/<int:pk>/end/", keepers.end, name="directory_end_keeper"),
    path("directory/keepers/<int:pk>/link/", keepers.send_link, name="directory_send_link"),
    path("directory/keepers/<int:pk>/held/", keepers.held, name="directory_keeper_held"),
    path("directory/keepers/<int:pk>/held-at/", keepers.held_at_address, name="directory_held"),
    path("directory/keepers/<int:pk>/erase/", keepers.erase, name="directory_erase_keeper"),
]
