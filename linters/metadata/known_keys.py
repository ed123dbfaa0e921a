"""Known metadata keys, to distinguish misspellings from a repository's own keys.

``EXPECTED`` are the keys that Microsoft's documentation sets; a near miss of one of them is a
misspelling. ``OTHER`` are keys in real use that resemble them and are not misspellings.
"""

from __future__ import annotations

EXPECTED = frozenset(
    (
        *("title", "description", "author", "manager", "ms.author", "ms.date", "ms.topic"),
        *("ms.service", "ms.subservice", "ms.prod", "ms.technology", "ms.custom", "ms.reviewer"),
        *("ms.audience", "ms.collection", "ms.assetid", "ms.localizationpriority", "ms.devlang"),
        *("ms.workload", "ms.suite", "ms.tgt_pltfrm", "ms.component", "ms.product", "ms.sitesec"),
        *("ms.pagetype", "ms.mktglfcycl", "ms.openlocfilehash", "ms.sourcegitcommit"),
        *("ms.translationtype", "ms.contentlocale", "ms.lasthandoff", "ms.locfileid"),
        *("ROBOTS", "localization_priority", "search.appverid", "no-loc", "monikerRange"),
        *("zone_pivot_groups", "feedback_system", "titleSuffix", "appliesto"),
        *("ms.search.form", "ms.search.keywords", "ms.search.region", "ms.search.scope"),
        *("ms.search.validFrom", "ms.search.industry", "ms.dyn365.ops.version"),
    )
)

LOCALIZATION = (
    "ms.openlocfilehash",
    "ms.sourcegitcommit",
    "ms.translationtype",
    "ms.contentlocale",
    "ms.lasthandoff",
    "ms.locfileid",
)
"""The localization block in the order that the pipeline writes it."""

OTHER = frozenset(
    (
        *("audience", "service", "services", "topic", "topics", "date", "product", "products"),
        *("authors", "titles", "tags", "keywords", "categories", "category", "layout", "locale"),
        *("language", "lang", "version", "status", "order", "slug", "summary", "subtitle"),
        *("reviewer", "reviewers", "contributors", "collection", "custom", "component", "suite"),
        *("platform", "platforms", "permalink", "redirect_url", "uid", "editor", "editors"),
        *("documentationcenter", "ms.devlang", "ms.subproject", "ms.topictype", "ms.tocTitle"),
        *("ms.translator", "ms.tagger", "ms.search.forms", "ms.tgt_platform"),
        *("ms.faqs", "ms.contact", "ms.update-cycle", "ms.rdcontact", "ms.experiment", "ms.owner"),
        *("ms.localizationpriority", "ms.locale", "ms.contributors", "ms.subject", "ms.data"),
        *("ms.type", "ms.version", "ms.services", "ms.industry", "ms.category", "ms.feature"),
        *("ms.unitnumber", "ms.unitname", "ms.catalog", "ms.metadata", "ms.author.alias"),
        *("ms.prerelease", "ms.product-compatibility", "ms.lifecycle", "ms.dateupdated"),
        *("ms.assetids", "ms.reviewdate", "ms.revieweddate", "ms.reviewed", "ms.reviewers"),
        *("description_short", "feedback_product_url", "feedback_help_link_url", "titlesuffix"),
        *("applies_to", "applies-to", "ms:assetid", "ms:date", "ms.project", "ms.projects"),
        *("ms.site", "ms.sites", "ms.products", "ms.contentlang", "ms.subtopic", "ms.subproduct"),
        *("ms.title", "ms.manager", "ms.editor", "ms.product-area", "ms.appliesto", "no-toc"),
        *("authorization", "tile", "table", "manageable", "no_loc", "robot", "robots_txt"),
        *("robots", "Robots"),  # docfx reads this key in any case
    )
)
