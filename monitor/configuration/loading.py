"""The configuration: the catalogue of sources, `tratawatch.toml` over it, secrets from the environment.

Everything is checked at start: a wrong key or value raises ConfigurationError with file, key and what is allowed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, ValidationError, model_validator

from monitor.alerts.rules import DEFAULT_POLICY, ChannelRule, Told
from monitor.configuration.sources import WEB_ADDRESS, Section, SourceSection, WatchSection
from monitor.errors import ConfigurationError
from store.definitions import SourceDefinition

FILE_NAME = "tratawatch.toml"
STORE_VARIABLE = "TRATAWATCH_STORE"
IDENTIFIER = r"^[a-z0-9][a-z0-9_-]{0,62}$"


def _zone(name: str) -> str:
    if name not in available_timezones():
        message = f"no such time zone: {name!r}; a name like America/Lima is needed"
        raise ValueError(message)
    return name


class RuleSection(Section):
    """What a channel is told; None takes all."""

    audience: Literal["all", "readers", "operators"] = "all"
    changes: frozenset[str] | None = None
    indicators: frozenset[str] | None = None
    areas: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    policy: dict[Literal[tuple(DEFAULT_POLICY)], Told] = Field(default_factory=dict)  # type: ignore[valid-type]

    def rule(self, old_after_days: int) -> ChannelRule:
        """The plain value that the rules of alerts know."""
        return ChannelRule(
            audience=self.audience,
            policy=self.policy,
            changes=self.changes,
            indicators=self.indicators,
            areas=self.areas,
            sources=self.sources,
            languages=self.languages,
            old_after_days=old_after_days,
        )


class TerminalSection(RuleSection):
    type: Literal["terminal"]
    language: Literal["es", "en"] | None = None


class EmailSection(RuleSection):
    """`security` is how the connection is kept private; the password is in the variable that `password_env` names."""

    type: Literal["email"]
    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_env: str = "TRATAWATCH_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
    sender: str
    to: Annotated[tuple[str, ...], Field(min_length=1)]
    unsubscribe: str | None = None
    language: Literal["es", "en"] | None = None


class WebhookSection(RuleSection):
    """The secret (Standard Webhooks, `whsec_...`) is in the variable that `secret_env` names."""

    type: Literal["webhook"]
    url: Annotated[str, Field(pattern=WEB_ADDRESS)]
    secret_env: str = "TRATAWATCH_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable


ChannelSection = Annotated[TerminalSection | EmailSection | WebhookSection, Field(discriminator="type")]
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]


class RulesSection(Section):
    """`old_after_days`: an item published longer before it was first seen waits for the digest.

    `mask` hides names of persons and exact places where minors are spoken of, in alerts and look-ups.
    """

    old_after_days: Annotated[int, Field(ge=0)] = 30
    failing_after: Annotated[int, Field(ge=1, description="failed visits in a row until operators are told")] = 2
    silent_after: Annotated[int, Field(ge=1, description="empty visits in a row until operators are told")] = 3
    digest_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "08:00"
    mask: bool = False


def _network(value: str) -> str:
    """A network as `10.0.0.0/8`; raises ValueError where it is none."""
    return str(ip_network(value))


def _terminal() -> dict[str, ChannelSection]:
    return {"terminal": TerminalSection(type="terminal")}


class File(Section):
    """The whole of tratawatch.toml; a channel or source is named by its key.

    `private_networks` are those that are not public and may be visited all the same.
    """

    contact: Annotated[str, Field(pattern=r"^(https?://|mailto:)\S+$")] | None = None
    store: str | None = None
    private_networks: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    time_zone: Annotated[str, AfterValidator(_zone)] = "America/Lima"
    language: Literal["es", "en"] = "es"
    rules: RulesSection = RulesSection()
    channels: dict[Identifier, ChannelSection] = Field(default_factory=_terminal)
    sources: dict[Identifier, SourceSection] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _watched_once(self) -> File:
        """Two sources with one address would take each other's answers for what they have seen."""
        watching: dict[str, str] = {}
        for name, source in self.sources.items():
            for watch in source.watches if source.active else ():
                if watching.setdefault(watch.url, name) != name:
                    message = f"sources.{name} and sources.{watching[watch.url]} watch the same address: {watch.url}"
                    raise ValueError(message)
        return self


@dataclass(frozen=True, slots=True)
class Configuration:
    """What holds for this run: `secrets` are those of the channels, by channel."""

    file: File
    store: str
    secrets: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.file.time_zone)

    @property
    def sources(self) -> dict[str, SourceDefinition]:
        return {name: section.definition(name) for name, section in self.file.sources.items()}


def load(path: Path | None, store: str | None, environment: Mapping[str, str]) -> Configuration:
    """The configuration of the file (`tratawatch.toml` of the working folder if there is one) over the catalogue.

    The store is `store`, else TRATAWATCH_STORE, else the file's, else SQLite in the working folder.
    """
    chosen = path or (Path(FILE_NAME) if Path(FILE_NAME).exists() else None)
    own = _read(chosen) if chosen else {}
    merged = own | {"sources": _merged(catalogue(), own.get("sources", {}))}
    file = _checked(merged, str(chosen or "the catalogue"))
    address = store or environment.get(STORE_VARIABLE) or file.store or "sqlite:///tratawatch.db"
    return Configuration(file, address, _secrets(file, environment, str(chosen)))


def check_text(text: str, name: str) -> None:
    """Raise ConfigurationError where a file with this text could not be used."""
    try:
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{name}: not TOML: {error}"
        raise ConfigurationError(message) from error
    _checked(own | {"sources": _merged(catalogue(), own.get("sources", {}))}, name)


def configuration_of(values: dict[str, Any], store: str, environment: Mapping[str, str]) -> Configuration:
    """A configuration of plain values in place of a file, without the catalogue."""
    file = _checked(values, "the configuration")
    return Configuration(file, store, _secrets(file, environment, "the configuration"))


def catalogue() -> dict[str, Any]:
    """The sources that the product knows, as tables of TOML."""
    text = files("monitor.configuration").joinpath("catalogue.toml").read_text(encoding="utf-8")
    sources: dict[str, Any] = tomllib.loads(text)["sources"]
    return sources


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: {error.strerror}: give another file with --config"
        raise ConfigurationError(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: not TOML: {error}"
        raise ConfigurationError(message) from error


def _merged(known: dict[str, Any], own: Any) -> Any:
    """The catalogue's sources with the file's keys over them; a source that the catalogue lacks is added."""
    if not isinstance(own, dict) or not all(isinstance(table, dict) for table in own.values()):
        return own
    return known | {name: known.get(name, {}) | table for name, table in own.items()}


def _checked(values: dict[str, Any], where: str) -> File:
    try:
        return File.model_validate(values)
    except ValidationError as error:
        problems = "\n".join(f"  {_place(e['loc'])}{_said(e)}" for e in error.errors())
        message = f"{where}: cannot be used\n{problems}"
        raise ConfigurationError(message) from error


def _place(location: tuple[int | str, ...]) -> str:
    """The key as it stands in the file: the checker puts a channel's type between its name and its keys."""
    parts = location[:2] + location[3:] if location[:1] == ("channels",) and len(location) > 3 else location
    return ".".join(str(part) for part in parts) + (": " if parts else "")


def _said(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return f"no such key; there are {', '.join(sorted(_section(error['loc']).model_fields))}"
    given = "" if isinstance(error["input"], dict) else f" (given: {error['input']!r})"
    return f"{error['msg']}{given}"


def _section(location: tuple[int | str, ...]) -> type[Section]:
    channels: dict[int | str, type[Section]] = {
        "terminal": TerminalSection,
        "email": EmailSection,
        "webhook": WebhookSection,
    }
    match location:
        case ("rules", _):
            return RulesSection
        case ("channels", _, kind, *_):
            return channels.get(kind, RuleSection)
        case ("sources", _, "watches", _, _):
            return WatchSection
        case ("sources", _, _):
            return SourceSection
        case _:
            return File


def _secrets(file: File, environment: Mapping[str, str], where: str) -> dict[str, str]:
    secrets = {}
    for name, channel in file.channels.items():
        variable = _secret_variable(channel)
        if variable is None:
            continue
        if not environment.get(variable):
            message = f"{where}: channels.{name}: its secret is missing: set the environment variable {variable}"
            raise ConfigurationError(message)
        secrets[name] = environment[variable]
    return secrets


def _secret_variable(channel: TerminalSection | EmailSection | WebhookSection) -> str | None:
    if isinstance(channel, WebhookSection):
        return channel.secret_env
    if isinstance(channel, EmailSection) and channel.user:
        return channel.password_env
    return None
