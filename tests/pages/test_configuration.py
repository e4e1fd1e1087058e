"""What an operator configures, and what is safe without anybody's configuring it."""

import stat

import pytest
from django.conf import settings

from concord.web.configuration import (
    database,
    openid_apps,
    openid_origins,
    read_configuration,
    secret_key,
)


def configured(tmp_path, written="", **environment):
    if written:
        (tmp_path / "concord.toml").write_text(written, "utf-8")
    return read_configuration({"CONCORD_DATA": str(tmp_path), **environment})


def test_the_secret_key_is_made_once_and_read_by_nobody_else(tmp_path):
    first = secret_key(configured(tmp_path))
    assert len(first) >= 64
    assert secret_key(configured(tmp_path)) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_the_secret_key_may_come_from_the_environment_and_is_then_not_written(tmp_path):
    assert secret_key(configured(tmp_path, CONCORD_SECRET_KEY="given")) == "given"
    assert not list(tmp_path.iterdir())


def test_the_database_is_a_file_unless_postgresql_is_named(tmp_path):
    plain = database(configured(tmp_path))
    assert plain["NAME"] == tmp_path / "concord.sqlite3"
    assert plain["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    address = "postgresql://con%40cord:se%3Acret@db.example:5433/partnership"
    named = database(configured(tmp_path, CONCORD_DATABASE=address))
    assert (named["USER"], named["PASSWORD"], named["HOST"], named["PORT"], named["NAME"]) == (
        "con@cord",
        "se:cret",
        "db.example",
        "5433",
        "partnership",
    )


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://db.example", "somewhere"])
def test_an_address_of_another_database_is_refused_by_name(tmp_path, address):
    with pytest.raises(ValueError, match="CONCORD_DATABASE"):
        database(configured(tmp_path, CONCORD_DATABASE=address))


def test_https_is_believed_only_where_the_address_says_so(tmp_path):
    assert not configured(tmp_path).is_https
    secure = configured(tmp_path, CONCORD_URL="https://concord.middlemarch.example/")
    assert secure.is_https
    assert secure.hosts[0] == "concord.middlemarch.example"


def test_the_environment_overrides_the_file(tmp_path):
    written = '[mail]\nhost = "post.example"\nport = 25\n'
    assert configured(tmp_path, written).text("mail.host") == "post.example"
    assert configured(tmp_path, written).text("mail.port") == "25"
    assert configured(tmp_path, written, CONCORD_MAIL_HOST="").text("mail.host") == ""


def test_each_partners_own_sign_in_is_listed_and_its_form_may_lead_there(tmp_path):
    written = """
[[openid]]
id = "council"
name = "Middlemarch Borough Council"
server = "https://login.council.example/realms/staff"
client_id = "concord"
secret = "x"
[[openid]]
id = "icb"
name = "NHS Loamshire"
server = "https://icb.example"
login = "https://sign-in.icb.example/authorize"
client_id = "concord"
"""
    both = configured(tmp_path, written)
    assert [app["provider_id"] for app in openid_apps(both)] == ["council", "icb"]
    assert openid_origins(both) == ["https://login.council.example", "https://sign-in.icb.example"]


def test_one_partners_sign_in_may_be_named_by_the_environment_alone(tmp_path):
    one = configured(
        tmp_path, CONCORD_OPENID_SERVER="https://a.example/x", CONCORD_OPENID_CLIENT_ID="concord"
    )
    (app,) = openid_apps(one)
    assert (app["provider_id"], app["client_id"]) == ("openid", "concord")
    assert app["settings"]["server_url"] == "https://a.example/x"
    assert openid_origins(one) == ["https://a.example"]


def test_nothing_unsafe_is_on_by_default():
    assert settings.DEBUG is False
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert settings.SESSION_COOKIE_HTTPONLY
    names = [validator["NAME"].rsplit(".", 1)[1] for validator in settings.AUTH_PASSWORD_VALIDATORS]
    assert {"MinimumLengthValidator", "CommonPasswordValidator"} <= set(names)
