#!/bin/sh
# Print the first Python that can make the virtual environment: 3.11 or later, with venv and pip.
# Usage: find_python.sh [--help | COMMAND]      COMMAND: try only this Python
if [ "$1" = "--help" ]; then
    sed -n '2,3s/^# //p' "$0"
    exit 0
fi
found=""
for python in ${1:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    # Run it instead of looking for it: a version manager's shim may point to nothing.
    version=$("$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        found="$found  $python is Python $version\n"
    elif ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        found="$found  $python is Python $version without venv (Debian, Ubuntu: apt install python3-venv)\n"
    else
        echo "$python"
        exit 0
    fi
done
{
    echo "The book needs Python 3.11 or later (3.11 to 3.14 are tested). Found:"
    printf "%b" "${found:-  no Python at all\n}"
    echo "Install one, or name it: make PYTHON=/path/to/python3.12 ..."
} >&2
exit 1
