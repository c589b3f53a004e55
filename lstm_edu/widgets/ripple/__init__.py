"""The figure of a small program that can be pushed."""
