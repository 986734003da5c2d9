"""One module for each kind that has facts of its own."""
