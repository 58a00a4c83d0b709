"""What the partnership tells its board, its funders and residents in figures, and how it keeps them honest."""
