"""What the chapters call: displays, plots, sheets, and checkers of a reader’s own function."""
