"""Kinds of documents (виды документов): their traits, and which words of a roadmap call for them."""
