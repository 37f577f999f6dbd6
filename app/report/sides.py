"""The sides from which a topic is looked at, by the names they have in a report."""

from app.api.comparison_bodies import AspectBody, AspectsBody

SIDES = {
    "Doelen": "goals",
    "Doelgroep": "target_group",
    "Huidige inzet": "current_efforts",
    "Nieuwe acties": "new_actions",
    "Partners": "partners",
    "Geld": "money",
    "Cijfers": "figures",
}


def sides_of(aspects: AspectsBody) -> dict[str, list[AspectBody]]:
    """The statements of each side under its Dutch name, in a fixed order; empty lists included."""
    return {name: getattr(aspects, field) for name, field in SIDES.items()}
