"""A monitoring note (справка): its parts as plain values, built from the figures."""
