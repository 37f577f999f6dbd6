"""What there is to know of an index beside its documents."""

from typing import Annotated

from pydantic import Field

from app.api.body import Body


class LateInteractionBody(Body):
    """The token vectors that the index holds for its second stage."""

    vectors: Annotated[int, Field(alias="vectoren", description="Aantal tokenvectoren.")]
    bytes: Annotated[int, Field(description="Wat ze op schijf innemen.")]


class CalibrationBody(Body):
    """How sure verdicts are, measured on questions that the calibration was not made from."""

    found: Annotated[float, Field(alias="gevondenVanaf", description="Kans vanaf waar het oordeel gevonden is.")]
    touched: Annotated[float, Field(alias="zijdelingsVanaf", description="Kans vanaf waar het zijdelings is.")]
    brier: Annotated[float, Field(alias="brierscore", description="Gemiddelde kwadratische fout van de kans.")]
    pairs: Annotated[int, Field(alias="paren", description="Paren van vraag en gemeente waaruit ze gemaakt is.")]
