"""What Linux has to bring: the libraries that Qt's window and sound need. Standard library only."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

# What PySide6's wheel needs from outside for windows (X11 and Wayland), fonts, OpenGL and sound:
# library -> package of Debian and Ubuntu. Found with "readelf -d" on Qt6Core, Gui, Widgets,
# Multimedia and Network, their FFmpeg and the platform plug-ins; packages that each of these
# brings anyway are left out.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libpulse.so.0": "libpulse0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# What the tests use beyond that: program -> package. Without it, a test is skipped and says so.
TEST_PROGRAMS = {"Xvfb": "xvfb"}


def provide_libraries() -> None:
    """Install the libraries that are missing where that is allowed, or print how to."""
    if sys.platform != "linux":
        return
    missing = missing_libraries()
    if missing:
        print(f"Missing for the window: {', '.join(missing)}", flush=True)
        install(packages_of(missing))


def provide_test_programs() -> None:
    """Install the programs that only the tests need where that is allowed, or print how to."""
    if sys.platform != "linux":
        return
    packages = [TEST_PROGRAMS[name] for name in TEST_PROGRAMS if shutil.which(name) is None]
    if packages:
        print(f"Missing for the tests: {', '.join(packages)}", flush=True)
        install(packages)


def missing_libraries() -> list[str]:
    """Return the libraries that this system cannot load."""
    return [library for library in LIBRARIES if not _can_load(library)]


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def packages_of(libraries: list[str]) -> list[str]:
    """Return the packages that hold the libraries."""
    return sorted({LIBRARIES[library] for library in libraries})


def install(packages: list[str]) -> bool:
    """Install packages of Debian or Ubuntu where that is allowed; otherwise print the command."""
    if shutil.which("apt-get") is None:
        print("Please install what your system has for this of:", *packages, flush=True)
        return False
    prefix = _root_prefix()
    if prefix is not None and _apt_install(prefix, packages):
        return True
    print(f"Please run:\n  sudo apt-get install {' '.join(packages)}\n", flush=True)
    return False


def _root_prefix() -> list[str] | None:
    """Return what stands before a command of root: nothing, sudo, or None if we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _apt_install(prefix: list[str], packages: list[str]) -> bool:
    """Install packages; when apt does not find them, after reading its lists anew."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
    command = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    print("Installing", *packages, flush=True)
    if subprocess.run(command, check=False).returncode == 0:
        return True
    subprocess.run([*apt, "update"], check=False)
    return subprocess.run(command, check=False).returncode == 0
