"""What a reader's browser sees.

It is a package, so that its files may be named like those one folder up.
"""
