"""Which version of Knooppunt this is."""

from importlib import metadata

try:
    RELEASE = metadata.version("knooppunt")
except metadata.PackageNotFoundError:
    RELEASE = "0"
