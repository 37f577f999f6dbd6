"""The seven sides of policy on a topic."""

from enum import StrEnum


class Aspect(StrEnum):
    """What a statement says of a topic, under its name on the wire."""

    GOALS = "doelen"
    TARGET_GROUP = "doelgroep"
    CURRENT = "huidigeInzet"
    ACTIONS = "nieuweActies"
    PARTNERS = "partners"
    MONEY = "geld"
    FIGURES = "cijfers"
