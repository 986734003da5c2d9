"""Typical difficulties of mentees and what is usually done about them: a library of ours and of staff, offered, never printed by itself."""
