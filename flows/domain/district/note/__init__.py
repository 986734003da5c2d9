"""The municipal note: what a district's book says of its organisations, who owes data, what to do about it."""
