"""The glossary is the authority on names: every model and every state stands in it."""

import enum

import pytest
from sqlalchemy.orm import Mapper

import app as _all_models  # noqa: F401 - so that every model is known
from core.orm import Base, ShortEnum
from tests.house.tree import ROOT

MAPPERS: list[Mapper[Base]] = sorted(
    Base.registry.mappers, key=lambda mapper: mapper.class_.__name__
)


def glossary() -> str:
    return (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def kinds() -> list[type[enum.StrEnum]]:
    """The enums that are kept in the database."""
    found = {
        column.type.kind
        for mapper in MAPPERS
        for column in mapper.columns
        if isinstance(column.type, ShortEnum)
    }
    return sorted(found, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("name", [mapper.class_.__name__ for mapper in MAPPERS])
def test_every_model_is_in_the_glossary(name: str) -> None:
    assert f"`{name}`" in glossary()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_state_is_in_the_glossary(kind: type[enum.StrEnum]) -> None:
    known = glossary()
    missing = [member.value for member in kind if f"`{member.value}`" not in known]
    assert not missing, f"{kind.__name__}: {missing}"
