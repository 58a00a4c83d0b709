"""The desk of hours: days on which a place is not as usual, by staff and keepers alike, and hours to confirm."""
