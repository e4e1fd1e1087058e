"""Decisions: a matter, its route, its report, their notices and what they promise."""
