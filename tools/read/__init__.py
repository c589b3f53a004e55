"""A chapter as it is read: its blocks, symbols, exercises and editions."""
