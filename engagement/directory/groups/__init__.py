"""Groups and organisations: what the place can count on, and who runs what, where and for whom."""
