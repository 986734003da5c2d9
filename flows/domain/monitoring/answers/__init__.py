"""Questionnaires: questions, answers and the tables they stand in."""
