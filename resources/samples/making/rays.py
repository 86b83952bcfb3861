"""A small ray tracer: balls on a floor, in numpy, all pixels at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from making.light import Light, rgb, to_image
from making.scenery import HEIGHT, WIDTH
from PIL import Image

_FAR = 1e9
_SUN = np.array([-0.5, 0.75, -0.45]) / np.linalg.norm([-0.5, 0.75, -0.45])


@dataclass(frozen=True)
class Ball:
    """A ball; ``mirror`` is the share of light that it reflects, ``pattern`` its paint."""

    centre: tuple[float, float, float]
    radius: float
    colour: str
    mirror: float = 0.0
    pattern: str = ""
    turn: float = 0.0


def marbles(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Three shining balls on a chequered floor."""
    balls = [
        Ball((0, 1.0, 0), 1.0, "d8dde2", mirror=0.75),
        Ball((-2.1, 0.8, -0.4), 0.8, "d62828", mirror=0.15),
        Ball((1.9, 0.7, -0.9), 0.7, "1f6fd6", mirror=0.15),
        Ball((0.7, 0.35, -2.0), 0.35, "f2c12e", mirror=0.1),
    ]
    return _render(balls, width, height, floor="chess")


def football(
    width: int = WIDTH, height: int = HEIGHT, *, x: float = 0.0, y: float = 1.0, turn: float = 0.3
) -> Image.Image:
    """A black and white football on grass; ``x``, ``y`` and ``turn`` place it."""
    ball = Ball((x, y, -1.2), 1.0, "f4f4f4", pattern="football", turn=turn)
    return _render([ball], width, height, floor="grass")


def _render(balls: list[Ball], width: int, height: int, *, floor: str) -> Image.Image:
    """Trace at twice the size, and shrink for smooth edges."""
    eye = np.array([0.0, 1.9, -6.2])
    rows, columns = np.mgrid[: 2 * height, : 2 * width]
    across = (columns / width - 1) * width / height
    up = 1 - rows / height
    rays = np.stack([across * 0.52, up * 0.52 - 0.12, np.ones_like(up)], -1)
    rays /= np.linalg.norm(rays, axis=-1, keepdims=True)
    origins = np.broadcast_to(eye, rays.shape)
    light = _trace(origins.reshape(-1, 3), rays.reshape(-1, 3), balls, floor, depth=2)
    picture = to_image(light.reshape(2 * height, 2 * width, 3), grain=0.006)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _trace(origins: Light, rays: Light, balls: list[Ball], floor: str, *, depth: int) -> Light:
    """Return the light that comes back along each ray: (n_ray, 3)."""
    light = _sky_light(rays, floor)
    distance = np.full(len(rays), _FAR)
    down = rays[:, 1] < -1e-4
    distance[down] = -origins[down, 1] / rays[down, 1]
    on_floor = distance < 60
    points = origins + rays * distance[:, None]
    light[on_floor] = _floor_light(points[on_floor], balls, floor)
    for ball in balls:
        reach = _reach(origins, rays, ball)
        hit = reach < distance
        distance[hit] = reach[hit]
        at = origins[hit] + rays[hit] * reach[hit, None]
        light[hit] = _ball_light(at, rays[hit], ball, balls, floor, depth)
    return light


def _sky_light(rays: Light, floor: str) -> Light:
    low, high = (
        (rgb("dfe7ee"), rgb("5b86b8")) if floor == "chess" else (rgb("a9c2a0"), rgb("3f6d3a"))
    )
    part = np.clip(rays[:, 1:2] * 2.2 + 0.25, 0, 1)
    return (1 - part) * np.array(low) + part * np.array(high)


def _reach(origins: Light, rays: Light, ball: Ball) -> Light:
    """Distance to the ball along each ray, or far away."""
    offset = origins - np.array(ball.centre)
    half = np.sum(offset * rays, -1)
    inside = half**2 - np.sum(offset**2, -1) + ball.radius**2
    reach = -half - np.sqrt(np.maximum(inside, 0))
    return np.where((inside > 0) & (reach > 1e-3), reach, _FAR)


def _in_shadow(points: Light, balls: list[Ball]) -> Light:
    """1 where no ball stands before the sun."""
    free = np.ones(len(points))
    for ball in balls:
        offset = np.array(ball.centre) - points
        along = np.maximum(offset @ _SUN, 0)
        nearest = np.linalg.norm(offset - along[:, None] * _SUN, axis=-1)
        soft = np.clip((nearest / ball.radius - 0.85) / 0.3, 0, 1)
        free = np.minimum(free, np.where(along > 1e-3, soft, 1))
    return free


def _floor_light(points: Light, balls: list[Ball], floor: str) -> Light:
    x, z = points[:, 0], points[:, 2]
    if floor == "chess":
        dark = (np.floor(x) + np.floor(z)) % 2 == 0
        colour = np.where(dark[:, None], rgb("23262b"), rgb("eceae4"))
    else:
        random = np.random.default_rng(1)
        stripe = 0.9 + 0.12 * (np.floor(z / 1.6) % 2)
        blade = random.normal(1, 0.16, len(x)) * stripe
        colour = np.array(rgb("4c8f2f")) * blade[:, None]
    lit = 0.35 + 0.65 * _in_shadow(points, balls)
    haze = np.clip(np.abs(z) / 50, 0, 1)[:, None]
    return colour * lit[:, None] * (1 - haze) + _sky_light(np.zeros((1, 3)), floor) * haze


def _ball_light(
    points: Light, rays: Light, ball: Ball, balls: list[Ball], floor: str, depth: int
) -> Light:
    normal = (points - np.array(ball.centre)) / ball.radius
    colour = np.broadcast_to(np.array(rgb(ball.colour)), points.shape)
    if ball.pattern == "football":
        colour = colour * _football_paint(normal, ball.turn)[:, None]
    others = [other for other in balls if other is not ball]
    facing = np.clip(normal @ _SUN, 0, 1) * _in_shadow(points, others)
    light = colour * (0.3 + 0.12 * normal[:, 1] + 0.68 * facing)[:, None]
    mirrored = rays - 2 * np.sum(rays * normal, -1, keepdims=True) * normal
    gloss = np.clip(mirrored @ _SUN, 0, 1) ** 60 * (facing > 0)
    light = light + 0.7 * gloss[:, None]
    if ball.mirror and depth:
        seen = _trace(points + normal * 1e-3, mirrored, balls, floor, depth=depth - 1)
        light = light * (1 - ball.mirror) + seen * ball.mirror
    return light


def _football_paint(normal: Light, turn: float) -> Light:
    """Dark pentagons around the corners of an icosahedron, and thin seams between hexagons."""
    cos, sin = math.cos(turn), math.sin(turn)
    turned = normal @ np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    golden = (1 + math.sqrt(5)) / 2
    corners = [
        np.roll([0, first, second * golden], shift)
        for first in (-1, 1)
        for second in (-1, 1)
        for shift in range(3)
    ]
    corners = np.array(corners) / math.hypot(1, golden)
    order = np.sort(turned @ corners.T, axis=-1)
    pentagon = order[:, -1] > 0.925 + 0.02 * (order[:, -2] - order[:, -3])
    faces = np.array(
        [
            one + two + three
            for index, one in enumerate(corners)
            for second, two in enumerate(corners[:index])
            for three in corners[:second]
            if min(one @ two, one @ three, two @ three) > 0.4
        ]
    )
    faces /= np.linalg.norm(faces, axis=1, keepdims=True)
    near = np.sort(turned @ faces.T, axis=-1)
    seam = (near[:, -1] - near[:, -2] < 0.012) & ~pentagon
    return np.where(pentagon, 0.09, np.where(seam, 0.45, 1.0))
