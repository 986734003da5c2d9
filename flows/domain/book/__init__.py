"""The workbook of an organisation as its facts: the card, answers, chosen kinds, and what all of it means together."""
