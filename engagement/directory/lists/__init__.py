"""The lists that residents ask: places, and what is on; each a question to the database of which one page is made into rows."""
