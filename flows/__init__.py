"""Nastavnik: from a mentoring roadmap in a spreadsheet to every paper it promises."""
