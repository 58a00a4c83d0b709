"""Prometheus reads the figures with a token, and nobody without; no address and no name is among them."""

from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from portal.operations.health.metrics import count
from tests.conftest import Person

TOKEN = "a-token-of-the-tests"


@pytest.mark.django_db
def test_without_a_token_in_the_settings_there_is_no_such_page(resident: Person, settings: Any) -> None:
    assert settings.METRICS_TOKEN == ""
    assert resident.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \u00e9"])
def test_another_token_is_refused(shown: str, resident: Person, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = resident.get("/metrics", headers={"Authorization": shown})
    assert answer.status_code == 401
    assert b"together_" not in answer.content


@pytest.mark.django_db
def test_the_figures_are_text_that_prometheus_reads(resident: Person, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    resident.get("/search/?q=canary")
    resident.get("/canary/")
    count("", 404, 0.01)
    answer = resident.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    names = {family.name for family in text_string_to_metric_families(text)}
    assert {"together_well", "together_queue_length", "together_disk_free_bytes", "together_requests"} <= names
    assert 'together_well{what="database"} 1.0' in text
    assert 'view="none"' in text
    assert "canary" not in text
