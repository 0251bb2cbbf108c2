"""The settings table: every setting is one line with type, unit, default and a sentence.

Where values come from, and which wins, is told in `settings_in_force`.
"""

from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from dateline.config.other_houses import OtherHouse, as_houses, no_twins
from dateline.config.setting_checks import (
    NO_HUB,
    PROVEN_BY,
    as_table,
    by_commas,
    checked_base_url,
    checked_contact,
    checked_database,
    checked_domain,
    checked_holder,
    checked_hours,
    checked_hub,
    checked_mail_server,
    checked_mailbox,
    checked_mailbox_address,
    checked_push_key,
    checked_redis,
    checked_selector,
    checked_staff_path,
    checked_trust_line,
    checked_web_address,
    checked_zone,
)

OWN_HUB = "/-/hub"
_Kind = Literal["news", "live", "offbeat", "feature", "analysis"]


class Settings(BaseSettings):
    """The settings in force; the text of each field is its documentation."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    name: str = Field("Dateline", min_length=1, description="Name of the newsroom, shown to staff.")
    base_url: Annotated[str, AfterValidator(checked_base_url)] = Field(
        "http://localhost:8000",
        description=(
            "Public address of the site; stands in every link that leaves it. With https, cookies "
            "are secure and HSTS is sent."
        ),
    )
    hosts: list[str] = Field(
        ["localhost", "127.0.0.1", "[::1]"],
        description="Host names the site answers to; any other gets 421.",
    )
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the server listens on; 0 = any free.")
    workers: int = Field(
        1, ge=1, le=64, description="Server processes.", json_schema_extra={"unit": "processes"}
    )
    database: Annotated[SecretStr, AfterValidator(checked_database)] = Field(
        SecretStr(""),
        description="postgresql://user:password@host/name, or empty for SQLite in the data folder.",
    )
    redis_url: Annotated[SecretStr, AfterValidator(checked_redis)] = Field(
        SecretStr(""),
        description=(
            "Redis or Valkey by which machines that share a PostgreSQL wake each other, such as "
            "redis://:password@redis.example:6379/0; empty: PostgreSQL's own NOTIFY does."
        ),
    )
    timezone: Annotated[str, AfterValidator(checked_zone)] = Field(
        "UTC", description="Time zone of the newsroom's screens."
    )
    language: str = Field("en", description="Language of the newsroom's screens, BCP 47.")
    staff_path: Annotated[str, AfterValidator(checked_staff_path)] = Field(
        "newsroom", description="Path under which the newsroom's screens live."
    )
    proxies: Annotated[list[str], BeforeValidator(by_commas)] = Field(
        ["127.0.0.1", "::1"],
        description="Addresses of proxies in front, whose X-Forwarded-For is believed.",
    )
    login_tries_per_name: int = Field(
        10,
        ge=1,
        description="Wrong passwords for one name within the window, before it must wait.",
        json_schema_extra={"unit": "tries"},
    )
    login_tries_per_address: int = Field(
        50,
        ge=1,
        description="Wrong passwords from one address within the window, before it must wait.",
        json_schema_extra={"unit": "tries"},
    )
    login_window_minutes: int = Field(
        15,
        ge=1,
        description="Time in which all tries to log in become free again.",
        json_schema_extra={"unit": "min"},
    )
    staff_second_factor: bool = Field(
        True,
        description=(
            "Staff enter the newsroom with a second factor only: a passkey or an authenticator "
            "app. The login that a demo prints is let in without."
        ),
    )
    mail_server: Annotated[SecretStr, AfterValidator(checked_mail_server)] = Field(
        SecretStr(""),
        description=(
            "Such as smtp://name:password@host:587, or smtps://…; esp:postmark: by the interface "
            "of a provider (extra esp, docs/operating/letters.md); folder: mail is written into "
            "mail/ in the data folder (the demo does so); empty: no mail is sent, nobody can "
            "register, and the newsroom's login offers no new password."
        ),
    )
    esp: Annotated[dict[str, SecretStr], BeforeValidator(as_table)] = Field(
        {},
        description=(
            "What django-anymail wants to know of the provider, such as POSTMARK_SERVER_TOKEN, and "
            "WEBHOOK_SECRET (name:password) for what it tells at /-/returned/esp; as JSON in the "
            "environment."
        ),
    )
    mail_from: str = Field("", description="Sender of mail, such as Meridian <desk@news.example>.")
    mail_a_minute: int = Field(
        0,
        ge=0,
        description=(
            "Letters a minute to the addresses of one domain, for those who send straight to large "
            "houses of mail; 0: as many as the mail server takes."
        ),
        json_schema_extra={"unit": "letters"},
    )
    dkim_selectors: Annotated[
        list[Annotated[str, AfterValidator(checked_selector)]], BeforeValidator(by_commas)
    ] = Field(
        [],
        description=(
            "Keys that sign each letter to the mail server (DKIM), made by `dateline dkim`: their "
            "names in the DNS, such as news2026; empty: the server signs, or nobody does."
        ),
    )
    dkim_domain: Annotated[str, AfterValidator(checked_domain)] = Field(
        "", description="Domain these keys speak for; empty: that of mail_from."
    )
    counts_opens: bool = Field(
        False,
        description=(
            "Lets newsletters try two subjects: of letters of such a trial, and of no other, it is "
            "counted whether they were opened. Off: no letter holds anything by which it could be."
        ),
    )
    bounce_mailbox: Annotated[str, AfterValidator(checked_mailbox)] = Field(
        "",
        description=(
            "Mailbox to which letters come back, such as bounces@news.example: each letter gets a "
            "signed address of its own there (bounces+…), so its server must take such. Empty: "
            "they come back to the sender."
        ),
    )
    bounces_from: Annotated[SecretStr, AfterValidator(checked_mailbox_address)] = Field(
        SecretStr(""),
        description=(
            "Where that mailbox is read each minute: imaps://name:password@host/INBOX, or imap, "
            "pop3s, pop3; empty: nobody looks, `dateline subscribers returned` takes mails."
        ),
    )
    bounce_secret: SecretStr = Field(
        SecretStr(""),
        description=(
            "Secret with which a provider or relay signs what it tells of bounces, complaints at "
            "/-/returned (docs/operating/letters.md); empty: nobody may."
        ),
    )
    log_in_with: Annotated[
        list[OtherHouse], BeforeValidator(as_houses), AfterValidator(no_twins)
    ] = Field(
        [],
        description=(
            "Houses that vouch for readers by OpenID Connect, each a [[log_in_with]] with id, "
            "name, server, client_id, secret and, by choice, asks_at (docs/operating/accounts.md); "
            "written as JSON in the environment."
        ),
    )
    terms_url: Annotated[str, AfterValidator(checked_web_address)] = Field(
        "", description="Address of the rules of the house, shown to whoever registers."
    )
    privacy_url: Annotated[str, AfterValidator(checked_web_address)] = Field(
        "",
        description="Address that says what becomes of personal data, shown where it is asked for.",
    )
    press_mib: int = Field(
        256, ge=8, description="Memory for pressed pages.", json_schema_extra={"unit": "MiB"}
    )
    stream_max_per_address: int = Field(
        0, ge=0, description="Open streams allowed to one address; 0 = no limit (behind a proxy)."
    )
    stream_holders: Annotated[
        list[Annotated[str, AfterValidator(checked_holder)]], BeforeValidator(by_commas)
    ] = Field(
        [],
        description=(
            "Where an nchan that holds readers' streams is told of news (deploy/nginx-nchan.conf), "
            "such as http://127.0.0.1:8081/-/tell; empty: the server processes hold them."
        ),
    )
    connections_per_address: int = Field(
        0, ge=0, description="Open connections allowed to one address; 0 = no limit."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description=(
            "Who sends it (Authorization: Bearer …) is told /-/metrics; empty: this machine only."
        ),
    )
    digest_hour: int = Field(
        7,
        ge=0,
        le=23,
        description="Hour at which digests leave, in their edition's time zone; weekly on Mondays.",
        json_schema_extra={"unit": "h"},
    )
    letter_undo_seconds: int = Field(
        60,
        ge=1,
        le=3600,
        description="Time for which a newsletter can be called back before it leaves.",
        json_schema_extra={"unit": "s"},
    )
    flash_minutes: int = Field(
        60,
        ge=1,
        description="Time a flash stands over every page where nobody says otherwise.",
        json_schema_extra={"unit": "min"},
    )
    bulletin_minutes: int = Field(
        30,
        ge=1,
        description="Time a bulletin stands over every page where nobody says otherwise.",
        json_schema_extra={"unit": "min"},
    )
    chat_model: bool = Field(
        True,
        description=(
            "Let the local model hold messages that are like those rejected here; it never rejects."
        ),
    )
    chat_model_false_holds: float = Field(
        2.0,
        ge=0,
        le=20,
        description=(
            "Of harmless messages, the most that the local model may hold; one that holds more on "
            "lines it has not seen stays silent until it has learned from your decisions. In force "
            "with the next training."
        ),
        json_schema_extra={"unit": "percent"},
    )
    chat_kinds: Annotated[list[_Kind], BeforeValidator(by_commas)] = Field(
        ["news", "live", "offbeat", "feature", "analysis"],
        description=(
            "Kinds of stories whose chat opens by itself; moderators open all others by hand."
        ),
    )
    chat_hours: Annotated[str, AfterValidator(checked_hours)] = Field(
        "",
        description=(
            "Hours in which new chats take messages, such as 08:00-22:00, in their edition's time "
            "zone; empty = always. A section may have its own."
        ),
    )
    chat_most_links: int = Field(
        3,
        ge=0,
        description="Links in a message of a chat, above which it is held.",
        json_schema_extra={"unit": "links"},
    )
    chat_first_held: int = Field(
        0,
        ge=0,
        description="First messages of every reader that wait for a moderator.",
        json_schema_extra={"unit": "messages"},
    )
    chat_reports_hold: int = Field(
        3,
        ge=0,
        description="Reports after which a message is held until a moderator looks; 0 = never.",
        json_schema_extra={"unit": "reports"},
    )
    sample_pictures: bool = Field(
        True,
        description="Draw the pictures of the sample newsroom: minutes of work after a first demo.",
    )
    service_worker: bool = Field(
        True,
        description="Let browsers keep an offline page and saved stories; off takes them away.",
    )
    header_seconds: float = Field(
        10,
        gt=0,
        description="Time a client has to send its request's head.",
        json_schema_extra={"unit": "s"},
    )
    body_seconds: float = Field(
        60,
        gt=0,
        description="Time a client has to send its request's body.",
        json_schema_extra={"unit": "s"},
    )
    body_kib: int = Field(
        64,
        ge=1,
        description="Longest request body taken from anybody who is not signed in as staff.",
        json_schema_extra={"unit": "KiB"},
    )
    upload_mib: int = Field(
        20,
        ge=1,
        description="Largest picture that a member of staff may bring in.",
        json_schema_extra={"unit": "MiB"},
    )
    reader_upload_kib: int = Field(
        5120,
        ge=64,
        description="Longest request that brings a reader's own picture.",
        json_schema_extra={"unit": "KiB"},
    )
    idle_seconds: float = Field(
        75,
        gt=0,
        description="Time an idle connection stays open.",
        json_schema_extra={"unit": "s"},
    )
    feed_text: str = Field(
        "summary",
        pattern="^(summary|full)$",
        description="What feeds hold of a story: summary, or full for its whole text.",
    )
    websub_hub: Annotated[str, AfterValidator(checked_hub)] = Field(
        "",
        description=(
            "Empty: feeds name our own WebSub hub, which tells subscribers within seconds; the "
            "address of another one; none: feeds name none."
        ),
    )
    networks_inside: Annotated[list[IPv4Network | IPv6Network], BeforeValidator(by_commas)] = Field(
        [],
        description=(
            "Private networks in which callbacks of the hub and push services may stand, such as "
            "10.1.0.0/16; empty: they are asked on the open internet alone."
        ),
    )
    search_engines: bool = Field(
        True, description="Search engines may list the site; false forbids it to all of them."
    )
    reserve_mining: bool = Field(
        False,
        description="Reserve text and data mining, by header, robots.txt and tdmrep.json.",
    )
    mining_policy: Annotated[str, AfterValidator(checked_web_address)] = Field(
        "", description="Address of the terms under which text and data mining is licensed."
    )
    security_contact: Annotated[str, AfterValidator(checked_contact)] = Field(
        "",
        description="Where to report a weakness (mailto: or https:), told in security.txt.",
    )
    trust: list[Annotated[str, AfterValidator(checked_trust_line)]] = Field(
        [], description="Lines of trust.txt, such as belongto=https://association.example/."
    )
    effect_tries: int = Field(
        8,
        ge=1,
        description="Tries of one effect on one entry before it is parked for a person.",
        json_schema_extra={"unit": "tries"},
    )
    log_level: str = Field(
        "info",
        pattern="^(debug|info|warning|error)$",
        description="Least level that is logged: debug, info, warning or error.",
    )
    publishing_principles: str = Field(
        "", description="Address of the page with your publishing principles, told to machines."
    )
    corrections_policy: str = Field(
        "", description="Address of the page that says how you correct, told to machines."
    )
    ethics_policy: str = Field(
        "", description="Address of the page with your code of ethics, told to machines."
    )
    ownership_info: str = Field(
        "", description="Address of the page on who owns and pays for you, told to machines."
    )
    push_night: Annotated[str, AfterValidator(checked_hours)] = Field(
        "22:00-07:00",
        description=(
            "Hours, in the edition's time zone, in which browsers are notified of a flash and of "
            "nothing else; what they follow comes in the morning. Empty: there is no night."
        ),
    )
    ledger_kept_days: int = Field(
        365,
        ge=0,
        description="Age at which lines of the ledger of deliveries become counts, and who left by "
        "then has no network address any more; 0 keeps all. Only younger ones are taken back.",
        json_schema_extra={"unit": "days"},
    )
    push_most_a_day: int = Field(
        10,
        ge=1,
        description="Notifications within a day to one browser; a flash comes beyond that too.",
        json_schema_extra={"unit": "notifications"},
    )
    push_key: Annotated[SecretStr, AfterValidator(checked_push_key)] = Field(
        SecretStr(""),
        description=(
            "Signs notifications to browsers (VAPID); generated at the first run. Browsers agree "
            "to this key: with another one all of them are lost."
        ),
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs sessions and tokens; generated at the first run."
    )

    @property
    def tls(self) -> bool:
        """Say whether the site is reached by https, as its public address has it."""
        return self.base_url.startswith("https://")

    @property
    def is_hub(self) -> bool:
        """Say whether feeds name our own WebSub hub."""
        return not self.websub_hub

    @property
    def hub_url(self) -> str:
        """Return the address of the WebSub hub that feeds name; empty for none."""
        if self.is_hub:
            return self.base_url + OWN_HUB
        return "" if self.websub_hub == NO_HUB else self.websub_hub

    @property
    def contact(self) -> str:
        """Return where the operator of another service may write to, as an address of the web."""
        return self.security_contact or f"mailto:{parseaddr(self.sender)[1]}"

    @property
    def sender(self) -> str:
        """Return from whom mail comes, by name and address."""
        return self.mail_from or f"dateline@{urlsplit(self.base_url).hostname}"

    @property
    def provider(self) -> str:
        """Return by whose interface mail leaves; empty where a server or nobody takes it."""
        kind, _, name = self.mail_server.get_secret_value().partition(":")
        return name if kind == "esp" else ""

    @property
    def lacks_for_events(self) -> str:
        """Return what `esp` lacks for the provider's events to be believed; empty if nothing."""
        filled = {name for name, value in self.esp.items() if value.get_secret_value()}
        for names in (("WEBHOOK_SECRET",), PROVEN_BY.get(self.provider, ())):
            if names and not filled.intersection(names):
                return names[0]
        return ""

    @property
    def signing_domain(self) -> str:
        """Return the domain for which letters are signed."""
        return self.dkim_domain or parseaddr(self.sender)[1].rpartition("@")[2]

    @property
    def every_host(self) -> list[str]:
        """Return the host names the site answers to, that of its public address among them."""
        return [*self.hosts, urlsplit(self.base_url).netloc.rsplit(":", 1)[0]]
