"""Measures the portal as a whole: starting, serving, memory and weight. Ratios of pairs taken in one run, never a verdict."""
