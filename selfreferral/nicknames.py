"""Two harmless words for each referral, so that the team can talk about it across a room."""

import secrets

_FIRST = (
    "Amber Autumn Blue Brave Bright Calm Clear Copper Cosy Crisp Early Easy Fair Fresh Gentle Golden Grand Green "
    "Happy Hazel Honest Kind Light Little Lucky Mellow Merry Misty Northern Olive Open Quick Quiet Red Ready Rosy "
    "Silver Soft Steady Sunny Swift Tall Tidy Velvet Violet Warm Western White Wide Winter Young"
)
_SECOND = (
    "Acorn Anchor Apple Basket Beacon Bell Bench Blanket Boat Bramble Bridge Brook Button Candle Clover Compass Copse "
    "Daisy Feather Fern Garden Gate Harbour Heather Hill Kettle Kite Lamp Lane Lantern Leaf Linnet Maple Meadow Oak "
    "Orchard Pebble Pier Plum Robin Saucer Shell Skylark Sparrow Spoon Star Teapot Thimble Thistle Tulip Wagon Willow"
)

FIRST, SECOND = _FIRST.split(), _SECOND.split()


def new_nickname() -> str:
    """A random pair such as "Quiet Teapot"; it is made of nothing about the person."""
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"
