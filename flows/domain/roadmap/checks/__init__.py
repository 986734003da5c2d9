"""What is doubtful in a roadmap: lists of small checks, each a function of the plan."""
