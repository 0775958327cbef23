#!/bin/sh
# Fetches what build_lists.py reads: Debian packages unpacked into DIR/root, PyPI packages installed into DIR/venv.
# usage: fetch_sources.sh DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?usage: fetch_sources.sh DIR}
mkdir -p "$dir/deb" "$dir/root"
python3 -m venv "$dir/venv"
list() { (cd "$here" && python3 -c "import list_sources as s; [print(p + '$2' + v[0]) for p, v in s.$1.items()]"); }
# shellcheck disable=SC2046
"$dir/venv/bin/pip" install -q --no-deps pyarrow==26.0.1 PyYAML==6.0.4 marisa-trie==1.4.1 $(list PYPI ==)
cd "$dir/deb"
# shellcheck disable=SC2046
apt-get download -q $(list DEBIAN =)
for package in ./*.deb; do dpkg -x "$package" "$dir/root"; done
