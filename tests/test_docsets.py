"""Whole docsets that are published as they are: no error but those that were read and are true.

``ARTICLELINT_DOCSETS`` names a folder of docsets, each complete; the test is skipped without.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from linters.cli import main
from tests.git import git

DOCSETS = os.environ.get("ARTICLELINT_DOCSETS")

TRUE_ERRORS = {
    "ef": {
        "entity-framework/core/miscellaneous/multitenancy.md:36 bookmark-not-found",
        "entity-framework/core/what-is-new/ef-core-7.0/plan.md:184 bookmark-not-found",
    },
    "nuget": {
        "docs/create-packages/creating-a-package-dotnet-cli.md:14 link-invalid",
        "docs/nuget-org/package-readme-on-nuget-org.md:67 bookmark-not-found",
        "docs/reference/errors-and-warnings/NU1302.md:70 file-not-found",
    },
    "terminal": set(),
    "wsl": {
        "WSL/install.md:35 bookmark-not-found",
        "WSL/troubleshooting-guide.md:81 file-not-found",  # the snapshot lacks the picture
        "WSL/tutorials/gpu-compute.md:27 bookmark-not-found",
        "WSL/use-custom-distro.md:32 bookmark-not-found",
    },
    "azure-docs-sdk-dotnet.de-DE": {
        (
            "docs-ref-overwrite/ServiceBus-messaging/microsoft.servicebus.messaging."
            "managementstrings.enablesubscriptionpartitioning.md:2 yaml-header-syntax-error"
        ),
        "docs-ref-overwrite/capture.md:2 yaml-header-syntax-error",
    },
}
TRUE_COUNTS = {
    "docs.microsoft.com-nuget.de-de": {"link-text-empty": 18, "placeholder-changed": 4},
}


@pytest.mark.slow
@pytest.mark.skipif(DOCSETS is None, reason="ARTICLELINT_DOCSETS is not set")
@pytest.mark.parametrize("name", [*TRUE_ERRORS, *TRUE_COUNTS])
def test_every_error_is_true(name: str, tmp_path: Path) -> None:
    assert DOCSETS is not None
    root = tmp_path / name
    shutil.copytree(Path(DOCSETS) / name, root, copy_function=shutil.copyfile)
    git(root, "init", "-q")
    report = tmp_path / "report.json"
    arguments = ["check", str(root), "--offline", "--no-cache", "-q", "--output-format", "concise"]
    assert main([*arguments, "--report", f"json={report}"]) in (0, 1)
    findings = json.loads(report.read_text(encoding="utf-8"))["findings"]
    errors = [finding for finding in findings if finding["severity"] == "error"]
    if name in TRUE_ERRORS:
        places = {f"{error['path']}:{error['line']} {error['name']}" for error in errors}
        assert places == TRUE_ERRORS[name]
    else:
        assert Counter(error["name"] for error in errors) == TRUE_COUNTS[name]
