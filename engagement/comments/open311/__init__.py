"""Published comments for other programs, in the words of Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2)."""
