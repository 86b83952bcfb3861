"""Which of the four kinds a file is, by its name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from mmsearch.errors import UnreadableFileError
from mmsearch.scan.regular import open_regular
from mmsearch.types import Modality

# Left out on purpose: svg, pdf, eps, ps, wmf and emf are programs more than pictures, and what
# draws them has been attacked before.
_IMAGE = """
    jpg jpeg jpe jfif jif mpo png apng webp gif bmp dib tif tiff heic heics heif heifs hif avif
    avifs jp2 j2k j2c jpc jpf jpx ico cur icns psd sgi rgb rgba bw fli flc dds blp tga icb vda
    pcx dcx pbm pgm ppm pnm pfm ras qoi msp xbm xpm fits

    3fr ari arw bay cr2 cr3 crw dcr dcs dng drf erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw
    orf ori pef raf raw rw2 rwl rwz sr2 srf srw x3f
"""

_VIDEO = """
    mp4 m4v mov qt mkv webm avi divx xvid wmv asf flv f4v mpg mpeg mpe mpv m1v m2v m2p vob m2ts
    m2t 3gp 3gpp 3g2 ogv ogm mxf dv rm rmvb y4m nut wtv amv tod ivf mjpeg mjpg h264 264 h265 265
    hevc obu insv lrv gxf bik
"""

_AUDIO = """
    wav wave w64 flac ogg oga ogx opus spx mp3 mp2 mp1 mpga m4a m4b m4r aac wma aif aiff aifc au
    snd amr awb 3ga ape wv tta tak ac3 eac3 mka weba caf mpc ra dsf dff voc gsm
"""

_CODE = """
    py pyi pyw pyx pxd ipynb js mjs cjs jsx cts tsx vue svelte astro coffee html htm xhtml css
    scss sass less styl java kt kts scala sc groovy gradle clj cljs cljc edn c h cc cpp cxx c++
    hh hpp hxx ino cu cuh cl m mm cs fs fsi fsx vb go rs rb erb php swift dart zig nim d v sv svh
    vhdl ada adb ads pas pp dpr f for f77 f90 f95 f03 f08 cob cbl hs lhs elm purs ml mli ex exs
    eex heex erl hrl gleam jl r rmd qmd lua luau tcl pl pm raku awk sed sh bash zsh fish ksh ps1
    psm1 bat cmd ahk applescript vim el lisp lsp cl scm ss rkt fnl janet asm s nasm wat wast
    glsl vert frag geom comp hlsl wgsl metal gd hx as sol cairo move sql prisma graphql gql proto
    thrift capnp fbs smithy tf hcl bicep nix dhall rego cue jsonnet libsonnet bzl star cmake mk
    mak ninja meson qml ada odin hare pony wren cr p4 apex abap sas stan mat4 prolog pro agda
    idr lean coq thy tla

    md markdown mdx rst txt text adoc asciidoc org tex ltx sty bib typ textile wiki pod srt vtt
    toml yaml yml json json5 jsonc jsonl ndjson geojson ini cfg conf properties kdl ron xml xsd
    xsl xslt csv tsv diff patch
"""

_BY_SUFFIX: dict[str, Modality] = {
    suffix: modality
    for modality, suffixes in (
        (Modality.IMAGE, _IMAGE),
        (Modality.VIDEO, _VIDEO),
        (Modality.AUDIO, _AUDIO),
        (Modality.CODE, _CODE),
    )
    for suffix in suffixes.split()
}

_CODE_NAMES = """
    makefile gnumakefile bsdmakefile dockerfile containerfile jenkinsfile vagrantfile gemfile
    rakefile podfile fastfile brewfile procfile justfile tiltfile snakefile caddyfile sconstruct
    sconscript kconfig pkgbuild go.mod readme license licence copying authors contributors
    changelog
"""

# Long lists of hashes that no one wants to find.
_LOCK_NAMES = """
    package-lock.json npm-shrinkwrap.json pnpm-lock.yaml packages.lock.json
"""

_BY_NAME: dict[str, Modality | None] = {
    **dict.fromkeys(_CODE_NAMES.split(), Modality.CODE),
    **dict.fromkeys(_LOCK_NAMES.split()),
}

# The same suffix for two kinds: TypeScript and MPEG transport streams. The content decides.
_AMBIGUOUS = frozenset({"ts", "mts"})
_SYNC = 0x47
_PACKET_LAYOUTS = ((0, 188), (4, 192))
"""(offset of the sync byte, distance to the next): broadcast streams, camera recordings."""
_N_PACKETS = 3


def modality_of(path: Path | str) -> Modality | None:
    """Return the kind of a file, or None when it is none of the four.

    Only the name is looked at, except for ``.ts`` and ``.mts``: they are TypeScript unless the
    content is an MPEG transport stream.
    """
    full_path = os.fspath(path)
    return modality_of_name(os.path.basename(full_path), lambda: is_transport_stream(full_path))


def modality_of_name(name: str, is_stream: Callable[[], bool]) -> Modality | None:
    """As modality_of, for a bare name; ``is_stream`` is asked only where the name is not enough."""
    lower = name.lower()
    if lower in _BY_NAME:
        return _BY_NAME[lower]
    stem, dot, suffix = lower.rpartition(".")
    if not dot or not stem:
        return None
    if suffix in _AMBIGUOUS:
        return Modality.VIDEO if is_stream() else Modality.CODE
    return _BY_SUFFIX.get(suffix)


def is_transport_stream(path: Path | str) -> bool:
    """Tell by the sync bytes whether a file is an MPEG transport stream.

    One letter "G" at the start of a text is no proof, hence three packets; a file with fewer
    than three whole packets must consist of whole packets.
    """
    try:
        with open_regular(path) as file:
            head = file.read(_N_PACKETS * max(length for _, length in _PACKET_LAYOUTS))
    except UnreadableFileError:
        return False
    return any(_has_packets(head, offset, length) for offset, length in _PACKET_LAYOUTS)


def _has_packets(head: bytes, offset: int, length: int) -> bool:
    if len(head) < _N_PACKETS * length and (not head or len(head) % length):
        return False
    return all(byte == _SYNC for byte in head[offset : _N_PACKETS * length : length])


def suffixes_of(modality: Modality) -> list[str]:
    """Return the suffixes of a kind, sorted, without the dot: for file dialogs and help texts."""
    found = [suffix for suffix, kind in _BY_SUFFIX.items() if kind is modality]
    return sorted([*found, *_AMBIGUOUS] if modality in (Modality.VIDEO, Modality.CODE) else found)
