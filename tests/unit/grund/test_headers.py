import pytest
from flask import Flask, Response, abort
from flask.testing import FlaskClient

from grund.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS, content_security_policy, init_headers


@pytest.fixture
def client() -> FlaskClient:
    app = Flask(__name__)
    init_headers(app)
    app.add_url_rule("/", "page", lambda: "hej")
    app.add_url_rule("/faller", "crash", lambda: abort(500))
    app.add_url_rule("/egen", "own", lambda: Response(headers={"Content-Security-Policy": "default-src 'none'"}))
    return app.test_client()


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/finns-inte", 404), ("/faller", 500)])
def test_every_answer_carries_every_header(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_view_may_choose_a_policy_of_its_own(client: FlaskClient) -> None:
    assert client.get("/egen").headers.getlist("Content-Security-Policy") == ["default-src 'none'"]


def test_the_policy_forbids_what_it_does_not_name() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


def test_a_page_may_not_call_out_unless_its_room_says_so() -> None:
    assert "connect-src" not in CONTENT_SECURITY_POLICY
    egen = content_security_policy(connect_src="'self'", form_action="'none'").split("; ")
    assert {"connect-src 'self'", "form-action 'none'", "default-src 'none'"} <= set(egen)
    assert "form-action 'self'" not in egen


@pytest.mark.parametrize("hole", ["unsafe-inline", "unsafe-eval", "http", "*"])
def test_the_policy_has_no_hole(hole: str) -> None:
    assert hole not in CONTENT_SECURITY_POLICY
