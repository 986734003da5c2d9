"""What papers without facts of their own are put together from; a module states its parts by name."""
