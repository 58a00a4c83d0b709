"""Reports on paper: one page for residents, all of it for funders, exact figures for the board."""
