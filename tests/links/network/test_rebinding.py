"""No name makes a link reach an address that is not public, whatever it says the second time."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.running import network_namespace

pytest.importorskip("aiodns")


@pytest.mark.skipif(not network_namespace(), reason="needs a network namespace")
def test_no_name_leads_to_a_private_address() -> None:
    command = [*network_namespace(), sys.executable, "-m", "tests.links.network.rebinding"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["without"] == 0
    assert found["redirects"] > 0
    assert "ok" not in found["redirected"]
    assert "blocked" in found["redirected"]
    assert found["with"] > 0
    assert "ok" not in found["verdicts"]
    assert "blocked" in found["verdicts"]
    assert found["asked"] > 0
