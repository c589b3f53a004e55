"""What is asked of the text before the book is built."""
