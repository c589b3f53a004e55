"""The figure of all paths of a gradient through two or three steps."""
