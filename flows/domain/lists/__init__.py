"""Lists of people as schools keep them — registries, federal forms, tables of pairs — read into the columns of our tabs."""
