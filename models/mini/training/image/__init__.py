"""Training of the picture tower; see ../train_image.py."""
