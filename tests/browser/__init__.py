"""What a reader's browser sees; a package, so that its files may be named like those one folder up."""
