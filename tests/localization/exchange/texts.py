"""Side-by-side articles of our own words."""

from __future__ import annotations


def pair(identifier: str, target: str, source: str) -> str:
    """One segment."""
    return (
        f'<span data-ttu-id="{identifier}">{target}</span><span class="sxs-lookup">'
        f'<span data-stu-id="{identifier}">{source}</span></span>'
    )


def header(digest: str = "a" * 40, locale: str = "nb-NO", state: str = "MT") -> str:
    """Front matter with the six localization keys."""
    return (
        "---\ntitle: Katter\n"
        f"ms.openlocfilehash: {digest}\nms.sourcegitcommit: {'c' * 40}\n"
        f"ms.translationtype: {state}\nms.contentlocale: {locale}\n"
        'ms.lasthandoff: 01/02/2021\nms.locfileid: "12345"\n---\n'
    )
