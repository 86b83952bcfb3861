import heapq


def shortest_path(roads, start, goal):
    """Find the shortest way between two places with Dijkstra's algorithm.

    ``roads`` maps each place to a dict of its neighbours and their distances in kilometres.
    Returns (distance, list of places), or None when no road leads there.
    """
    queue = [(0, start, [start])]
    finished = set()
    while queue:
        distance, place, route = heapq.heappop(queue)
        if place == goal:
            return distance, route
        if place in finished:
            continue
        finished.add(place)
        for neighbour, length in roads.get(place, {}).items():
            if neighbour not in finished:
                heapq.heappush(queue, (distance + length, neighbour, [*route, neighbour]))
    return None
