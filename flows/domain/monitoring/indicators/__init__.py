"""Indicators: the method of counting, the evidence, and each figure."""
