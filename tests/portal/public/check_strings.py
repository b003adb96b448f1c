"""Every string that a page of the check can show: read from its templates and modules, what they include as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Node, NodeList
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from portal.settings.env import BASE_DIR
from portal.ui.certified import PARTS
from verification.claims.enums import ReversalKind, ReversalOutcome

PAGES = (
    "public/check.html", "public/check_result.html", "public/check_unknown.html", "public/check_too_many.html",
    "400.html", "403.html", "403_csrf.html", "404.html",
)  # fmt: skip
BY_TAGS = ("components/breadcrumbs.html", "components/table_box.html", "base/demonstration.html")
FORMS = ("bootstrap5/errors.html", "bootstrap5/field.html", "components/error_summary.html")
MODULES = (
    "portal/public/check.py", "portal/public/check_answers.py", "portal/public/check_forms.py",
    "portal/public/check_json.py", "portal/ui/certified.py", "portal/ui/forms.py", "portal/ui/navigation.py",
    "verification/certificates/answers.py", "verification/certificates/checking.py",
    "verification/certificates/inspection.py",
)  # fmt: skip
CALLS = {"_", "gettext", "gettext_lazy"}
NAMES_OF_CHOICES = {str(label) for kind in (ReversalKind, ReversalOutcome) for label in kind.labels}
"""Shown by a variable: the template hands them to ``translate``."""


def strings() -> set[str | tuple[str, str]]:
    """Message ids; those with a plural as a pair."""
    parts = [name for shown in PARTS.values() for name in (shown.lead, shown.content, shown.parties)]
    found: set[str | tuple[str, str]] = set(NAMES_OF_CHOICES)
    seen: set[str] = set()
    for name in (*PAGES, *BY_TAGS, *FORMS, *parts):
        found |= set(_in_template(name, seen))
    for path in MODULES:
        found |= set(_in_module(BASE_DIR / path))
    return found


def _in_template(name: str, seen: set[str]) -> Iterator[str | tuple[str, str]]:
    if name in seen:
        return
    seen.add(name)
    for node in _nodes(get_template(name).template.nodelist):
        if isinstance(node, TranslateNode) and node.filter_expression.var.literal is not None:
            yield str(node.filter_expression.var.literal)
        elif isinstance(node, BlockTranslateNode):
            singular = node.render_token_list(node.singular)[0]
            yield (singular, node.render_token_list(node.plural)[0]) if node.plural else singular
        elif isinstance(node, IncludeNode | ExtendsNode):
            other = (node.template if isinstance(node, IncludeNode) else node.parent_name).var
            if isinstance(other, str):
                yield from _in_template(other, seen)


def _nodes(nodes: NodeList) -> Iterator[Node]:
    """All of them; what stands inside the portal's own tags is no child to Django."""
    for node in nodes:
        yield node
        for name in {"nodelist", *node.child_nodelists}:
            yield from _nodes(getattr(node, name, None) or NodeList())


def _in_module(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
        if is_call and node.args and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)
