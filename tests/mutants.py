"""Breaks one line of a program on purpose.

A sign is flipped, a factor dropped, or a sum turned into a difference.
"""

import ast
import copy
from collections.abc import Iterator


def of(formula: str) -> Iterator[str]:
    """Every broken form of a formula."""
    yield f"-({formula})"
    tree = ast.parse(formula, mode="eval")
    for place, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            yield _changed(tree, place, lambda product: product.left)
            yield _changed(tree, place, lambda product: product.right)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            yield _changed(
                tree, place, lambda term, other=other: ast.BinOp(term.left, other, term.right)
            )


def _changed(tree: ast.Expression, place: int, change) -> str:
    """The formula with the node at `place` of the walk changed."""
    broken = copy.deepcopy(tree)
    target = list(ast.walk(broken))[place]

    class Change(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return change(node) if node is target else self.generic_visit(node)

    return ast.unparse(ast.fix_missing_locations(Change().visit(broken)))
