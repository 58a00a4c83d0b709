"""Health, readiness and the checks a technician runs."""
