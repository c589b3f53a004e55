"""The answer box: the grammar, the verdict, the sentences."""
