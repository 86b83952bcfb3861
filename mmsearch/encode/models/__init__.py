"""The models of the user's choice: which there are, getting them, keeping them, trying them."""
