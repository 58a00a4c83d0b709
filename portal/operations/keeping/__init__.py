"""What is kept how long: the nightly run, its warning, and the screens where staff see both."""
