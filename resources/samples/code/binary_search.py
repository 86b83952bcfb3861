"""Halving, again and again."""


def binary_search(values, wanted):
    """Return the position of ``wanted`` in a sorted list, or None when it is not there.

    Each step looks at the middle and halves what is left, so a million values take twenty steps.
    """
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    if low < len(values) and values[low] == wanted:
        return low
    return None


def count_between(values, smallest, largest):
    """Count how many values of a sorted list lie between two limits, both included."""
    return insertion_point(values, largest, after=True) - insertion_point(values, smallest)


def insertion_point(values, value, after=False):
    """Return where ``value`` would have to be inserted to keep the list sorted."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < value or (after and values[middle] == value):
            low = middle + 1
        else:
            high = middle
    return low
