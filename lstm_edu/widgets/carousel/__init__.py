"""The figure of the memory’s own gradient over many steps."""
