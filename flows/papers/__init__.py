"""From a Word template and a context to the bytes of a paper."""
