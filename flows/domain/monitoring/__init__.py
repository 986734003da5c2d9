"""Monitoring: answers read, indicators counted, notes written as values; nothing here raises on what a person typed."""
