"""What the system says in its own columns of the book."""
