"""Settings: environment variables that begin with ``REPORT_QA_``."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ingest.errors import InputError
from ingest.limits import Limits

PREFIX = "REPORT_QA_"
LIMITS = frozenset(field.name.upper() for field in fields(Limits))
KNOWN = frozenset({"LIBRARY", "MODEL", "DATA", "CACHE", *LIMITS})
APPLICATION = "report-qa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set from outside.

    Attributes:
        library: library folder that was named, or None for the user's own.
        model: hub name or folder of a sentence-transformers model, or None for the default one.
        data: folder of what the program keeps (the library, batch jobs).
        cache: folder of what the program can make again (prepared models).
        limits: how much of one file is read.
    """

    library: Path | None
    model: str | None
    data: Path
    cache: Path
    limits: Limits


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Raises:
        InputError: a variable with the prefix is none of the known ones, or a limit is no whole
            number above 0.
    """
    from platformdirs import user_cache_path, user_data_path

    given = {
        name.removeprefix(PREFIX): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value
    }
    if unknown := sorted(given.keys() - KNOWN):
        raise InputError(
            f"unknown setting {PREFIX}{unknown[0]}; expected one of "
            + ", ".join(PREFIX + name for name in sorted(KNOWN))
        )
    return Settings(
        library=Path(given["LIBRARY"]) if "LIBRARY" in given else None,
        model=given.get("MODEL"),
        data=Path(given["DATA"]) if "DATA" in given else user_data_path(APPLICATION),
        cache=Path(given["CACHE"]) if "CACHE" in given else user_cache_path(APPLICATION),
        limits=Limits(
            **{name.lower(): _number(name, given[name]) for name in LIMITS & given.keys()}
        ),
    )


def _number(name: str, value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 10**9:
        raise InputError(
            f"the setting {PREFIX}{name} is {value!r}, expected a whole number above 0; correct it"
        )
    return int(value)
