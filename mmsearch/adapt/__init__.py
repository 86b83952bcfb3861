"""Learns how sentences have to be bent to find what they name, and whether that helps."""
