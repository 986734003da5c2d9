"""People: mentors, mentees, pupils, staff events and the forms of names."""
