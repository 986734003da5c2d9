"""Councils (педсоветы): the pack before each and what is handed out."""
