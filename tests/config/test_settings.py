"""The settings table: what is in force, where it came from, and wrong text named by its line."""

import pytest

from dateline.config.doctor import examine
from dateline.config.errors import SettingsRefused
from dateline.config.settings_in_force import describe_settings, settings_in_force
from dateline.config.settings_table import Settings
from tests.config.house import write_settings


def refusal(folder):
    with pytest.raises(SettingsRefused) as refused:
        settings_in_force()
    return str(refused.value)


def test_every_setting_has_a_default_and_a_sentence():
    for name, field in Settings.model_fields.items():
        assert not field.is_required(), name
        assert (field.description or "").endswith("."), name


def test_without_a_file_the_defaults_are_in_force(folder):
    assert settings_in_force() == Settings()
    assert {line.source for line in describe_settings(folder)} == {"default"}


def test_the_file_wins_over_the_default_and_the_environment_over_the_file(folder, monkeypatch):
    write_settings(folder, 'port = 9000\nname = "Meridian"\n')
    (folder / "secrets.toml").write_text('secret_key = "s3cret"\nname = "Weak"\n')
    monkeypatch.setenv("DATELINE_PORT", "9100")
    chosen = settings_in_force()
    assert (chosen.port, chosen.name, chosen.workers) == (9100, "Meridian", 1)
    sources = {line.name: line.source for line in describe_settings(folder)}
    assert (sources["port"], sources["name"]) == ("environment", "dateline.toml")
    assert (sources["secret_key"], sources["workers"]) == ("secrets.toml", "default")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port = 99999\n", "dateline.toml, line 1: port = 99999: "),
        ('\n# A comment.\nworkers = "many"\n', "dateline.toml, line 3: workers = 'many': "),
        ('timezone = "Mars/North"\n', "dateline.toml, line 1: timezone = 'Mars/North': is not a"),
        ('base_url = "news.example"\n', "dateline.toml, line 1: base_url = 'news.example': is"),
        ('staff_path = "/desk"\n', "dateline.toml, line 1: staff_path = '/desk': is one path part"),
        ('log_level = "loud"\n', "dateline.toml, line 1: log_level = 'loud': "),
        ("port = 81\nprot = 80\n", "dateline.toml, line 2: there is no setting called 'prot'; "),
        ('hosts = "one"\n', "dateline.toml, line 1: hosts = 'one': "),
    ],
)
def test_a_wrong_value_names_file_and_line(folder, text, said):
    write_settings(folder, text)
    assert refusal(folder).startswith(said)
    assert "\n" not in refusal(folder)


@pytest.mark.parametrize("text", ["port 8000\n", 'name = "open\n', "port = 1\nport = 2\n"])
def test_what_is_no_toml_is_refused_with_its_place(folder, text):
    write_settings(folder, text)
    assert refusal(folder).startswith("dateline.toml: ")
    assert "line" in refusal(folder)


def test_what_is_no_text_is_refused(folder):
    folder.mkdir()
    (folder / "dateline.toml").write_bytes(b'name = "\xff\xfe"\n')
    assert refusal(folder).startswith("dateline.toml: ")


def test_a_wrong_variable_is_named(folder, monkeypatch):
    monkeypatch.setenv("DATELINE_PRESS_MIB", "plenty")
    assert refusal(folder).startswith("DATELINE_PRESS_MIB: press_mib = 'plenty': ")


@pytest.mark.parametrize(
    ("name", "value"),
    [("database", "mysql://boss:hunter2@host/x"), ("secret_key", ["hunter2"])],
)
def test_a_refused_secret_is_not_repeated(folder, name, value):
    import json

    write_settings(folder, f"{name} = {json.dumps(value)}\n")
    assert "hunter2" not in refusal(folder)
    assert refusal(folder).startswith(f"dateline.toml, line 1: {name}: ")


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("a.example", ["a.example"]),
        ("a.example, b.example ,[::1]", ["a.example", "b.example", "[::1]"]),
    ],
)
def test_a_list_in_the_environment_is_written_with_commas(folder, monkeypatch, text, hosts):
    monkeypatch.setenv("DATELINE_HOSTS", text)
    assert settings_in_force().hosts == hosts


def test_a_list_in_the_file_is_a_list(folder):
    write_settings(folder, 'hosts = ["a.example", "b.example"]\n')
    assert settings_in_force().hosts == ["a.example", "b.example"]


def test_the_doctor_shows_what_is_in_force_and_no_secret(folder, monkeypatch):
    write_settings(folder, "press_mib = 64\n")
    (folder / "secrets.toml").write_text('secret_key = "hunter2"\n')
    (folder / "secrets.toml").chmod(0o644)
    monkeypatch.setenv("DATELINE_PORT", "0")
    said = []
    troubles = examine(folder, said.append)
    text = "\n".join(said)
    assert "press_mib = 64 MiB   [dateline.toml]" in text
    assert "secret_key = (set)   [secrets.toml]" in text
    assert "port = 0   [environment]" in text
    assert "hunter2" not in text
    assert [line for line in said if line.startswith("Problem")] == [
        f"Problem: {folder}/secrets.toml can be read by others; "
        f"run `chmod 600 {folder}/secrets.toml`."
    ]
    assert troubles == 1


def test_the_doctor_hides_a_databases_password(folder, monkeypatch):
    monkeypatch.setenv("DATELINE_DATABASE", "postgresql://boss:hunter2@db.example/news")
    shown = {line.name: line.value for line in describe_settings(folder)}
    assert shown["database"] == "(set)"
    assert "hunter2" not in repr(settings_in_force())


GUILD = (
    '[[log_in_with]]\nid = "guild"\nname = "Press Guild"\nclient_id = "us"\nsecret = "hunter2"\n'
    'server = "https://login.guild.example/realms/press/"\n'
)


def test_a_house_that_vouches_is_shown_without_its_secret(folder):
    write_settings(folder, GUILD)
    [house] = settings_in_force().log_in_with
    assert (house.server, house.origin) == (
        "https://login.guild.example/realms/press",
        "https://login.guild.example",
    )
    shown = {line.name: line.value for line in describe_settings(folder)}["log_in_with"]
    assert shown == "guild: Press Guild at https://login.guild.example/realms/press (secret set)"
    assert "hunter2" not in repr(settings_in_force())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GUILD.replace("https", "http"), "log_in_with.0.server: is an https address"),
        (GUILD.replace("guild.example", "guild.example;x"), "log_in_with.0.server: is an https"),
        (GUILD.replace("client_id", "client"), "log_in_with.0.client_id: Field required"),
        (GUILD + "scope = 1\n", "there is no setting called 'log_in_with.0.scope'"),
        (GUILD.replace('"guild"', '"The Guild"'), "log_in_with.0.id: String should match"),
        (GUILD * 2, "log_in_with: has two houses with the same id"),
        ('log_in_with = "hunter2"\n', "log_in_with: is a list of tables"),
    ],
)
def test_a_house_that_cannot_be_is_refused_and_its_secret_not_repeated(folder, text, said):
    write_settings(folder, text)
    assert said in refusal(folder)
    assert "hunter2" not in refusal(folder)


def test_houses_come_from_the_environment_as_json(folder, monkeypatch):
    given = (
        '[{"id": "a", "name": "A", "server": "https://a.example", "client_id": "x", "secret": "y"}]'
    )
    monkeypatch.setenv("DATELINE_LOG_IN_WITH", given)
    assert [house.id for house in settings_in_force().log_in_with] == ["a"]
