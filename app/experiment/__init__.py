"""Experiments with the search in memory, and the page of their results."""
