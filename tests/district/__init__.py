"""The district over its organisations."""
