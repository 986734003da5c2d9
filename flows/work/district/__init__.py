"""The walk over a district: rows handed to its organisations, their data gathered, its own papers made."""
