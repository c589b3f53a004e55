"""A program drawn as a graph that can be pushed and held."""
