"""Axes, staircases and strips: what plots share."""
