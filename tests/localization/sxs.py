"""Builds side-by-side text for the tests."""

from __future__ import annotations

HEADER = """---
title: Båter
ms.openlocfilehash: 0123456789012345678901234567890123456789
ms.sourcegitcommit: 0123456789012345678901234567890123456789
ms.translationtype: MT
ms.contentlocale: nb-NO
ms.lasthandoff: 01/28/2021
ms.locfileid: "1"
---
"""


def pair(identifier: str, target: str, source: str) -> str:
    """One sound segment."""
    return (
        f'<span data-ttu-id="{identifier}">{target}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="{identifier}">{source}</span></span>'
    )
