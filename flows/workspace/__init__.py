"""The Google edge: the same calls reach Google or the local office; only base address and credentials differ."""
