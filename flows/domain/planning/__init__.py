"""Planning: which papers must exist today, for whom, by when, and why not."""
