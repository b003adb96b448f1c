"""Every change that cosmic-ray's operators can make to a module, less those that no test could notice."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import _OPERATORS as OPERATORS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"accounting": "verification/accounting/*.py", "checks": "verification/checks/**/*.py"}
NEED_ARGUMENTS = ("VariableReplacer", "VariableInserter")
IDENTITY = ("ReplaceComparisonOperator_Is_Eq", "ReplaceComparisonOperator_IsNot_NotEq")
Position = tuple[int, int]
Span = tuple[Position, Position]


@dataclass(frozen=True)
class Function:
    """``first`` is the line of its first decorator, as code objects count; ``body`` begins after its head."""

    name: str
    first: int
    body: Position
    last: int


@dataclass(frozen=True, order=True)
class Mutant:
    """The ``occurrence``-th place of ``module`` where ``operator`` can be applied. Lines count from 1."""

    module: str
    operator: str
    occurrence: int
    line: int
    column: int

    @property
    def family(self) -> str:
        """The operator without what it replaces by what."""
        return self.operator.split("_")[0]

    def source(self) -> str:
        """The whole changed module. Raises ``ValueError`` where the place is not there."""
        code = mutate_code((ROOT / self.module).read_text("utf-8"), OPERATORS[self.operator](), self.occurrence)
        if code is None:
            raise ValueError(f"{self} is not in the source.")
        return code


def modules(room: str) -> list[str]:
    """Modules of ``room``, as paths from the root of the project."""
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(ROOMS[room]))


def mutants_of(module: str) -> tuple[list[Mutant], dict[str, int]]:
    """What can be changed in ``module``, and how much each filter left out."""
    code = (ROOT / module).read_text("utf-8")
    shape = Shape(code)
    kept: list[Mutant] = []
    left_out = dict.fromkeys(FILTERS, 0)
    for mutant, token in _all_mutants(module, code):
        reason = next((name for name, applies in FILTERS.items() if applies(shape, mutant, token)), None)
        if reason:
            left_out[reason] += 1
        else:
            kept.append(mutant)
    return kept, left_out


def _all_mutants(module: str, code: str) -> Iterator[tuple[Mutant, str]]:
    lines = code.splitlines()
    nodes = list(ast_nodes(get_ast(code)))
    for name, operator in sorted(OPERATORS.items()):
        if name in NEED_ARGUMENTS:
            continue
        places = [place for node in nodes for place in operator().mutation_positions(node)]
        for occurrence, ((line, column), _) in enumerate(places):
            yield Mutant(module, name, occurrence, line, column), lines[line - 1][column:]


class Shape:
    """What the syntax tree says of a module: where types stand, where operations, and which functions it has."""

    def __init__(self, code: str) -> None:
        self.annotations: list[Span] = []
        self.operations: list[Span] = []
        self.functions: list[Function] = []
        tree = ast.parse(code)
        self._collect_functions(tree.body)
        for node in ast.walk(tree):
            if isinstance(node, ast.BinOp):
                self.operations.append((_end(node.left), _start(node.right)))
            for typed in (getattr(node, "annotation", None), getattr(node, "returns", None)):
                if typed is not None:
                    self.annotations.append((_start(typed), _end(typed)))

    def _collect_functions(self, body: list[ast.stmt]) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef):
                self._collect_functions(node.body)
            elif isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                self.functions.append(Function(node.name, first, _start(node.body[0]), node.end_lineno or first))

    def function_around(self, mutant: Mutant) -> Function | None:
        """Outermost function or method with the mutant in its body; none at module level or in a head."""
        return next(
            (each for each in self.functions if each.body <= (mutant.line, mutant.column) and mutant.line <= each.last),
            None,
        )


def _start(node: ast.expr | ast.stmt) -> Position:
    return node.lineno, node.col_offset


def _end(node: ast.expr) -> Position:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def _is_annotation(shape: Shape, mutant: Mutant, _: str) -> bool:
    place = (mutant.line, mutant.column)
    return any(start <= place < end for start, end in shape.annotations)


def _is_no_operation(shape: Shape, mutant: Mutant, _: str) -> bool:
    place = (mutant.line, mutant.column)
    is_binary = mutant.family == "ReplaceBinaryOperator"
    return is_binary and not any(start <= place <= end for start, end in shape.operations)


def _is_cache(_: Shape, mutant: Mutant, token: str) -> bool:
    return mutant.operator == "RemoveDecorator" and re.match(r"@(cache|lru_cache)\b", token) is not None


def _is_identity(_: Shape, mutant: Mutant, __: str) -> bool:
    return mutant.operator in IDENTITY


def _is_for_types(_: Shape, __: Mutant, token: str) -> bool:
    return token.startswith("TYPE_CHECKING")


FILTERS = {
    "annotation": _is_annotation,
    "no operation": _is_no_operation,
    "cache": _is_cache,
    "identity": _is_identity,
    "for types": _is_for_types,
}
"""Annotations are never evaluated; a star or a bar that is no operation gives no program; a cache saves time
only; members and ``None`` are one of a kind, so "is" and "equals" say the same; imports for types never run."""
