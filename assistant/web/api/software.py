"""Which version of the software answers."""

from importlib.metadata import PackageNotFoundError, version


def software_version() -> str:
    """The version that is installed, "0" in a checkout that is not."""
    try:
        return version("policy-assistant")
    except PackageNotFoundError:
        return "0"
