"""Models of the user's choice that say in words what is heard or seen; one kind a file."""
