"""The figure of a difference’s error against its step ε."""
