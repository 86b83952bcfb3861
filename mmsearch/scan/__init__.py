"""Find the files of the four kinds under a folder, and tell new, changed, moved and gone apart."""
