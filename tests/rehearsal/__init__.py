"""Several machines rehearsed on one: web processes and workers that share PostgreSQL and Redis, some of which are killed."""
