"""Which column of a file is which: headings in any spelling of case, blanks and signs."""

import unicodedata

from backend.errors import FieldError, ValidationFailed

# The template's headings, and what other programs write for them.
ALIASES: dict[str, tuple[str, ...]] = {
    "first_name": ("firstname", "first", "givenname", "given", "forename", "vorname", "nombre"),
    "last_name": ("lastname", "last", "surname", "familyname", "family", "nachname", "apellido", "apellidos"),
    "email": ("email", "emailaddress", "mail", "correo", "correoelectronico"),
    "phone": (
        "phone",
        "phonenumber",
        "mobile",
        "mobilephone",
        "mobilenumber",
        "cell",
        "cellphone",
        "telephone",
        "tel",
        "telefon",
        "telefono",
    ),
    "date_of_birth": ("dateofbirth", "dob", "birthdate", "birthday", "born", "geburtsdatum", "fechadenacimiento"),
    "parent_guardian_name": ("parentguardianname", "parentguardian", "guardian", "guardianname", "parent", "parentname", "legalguardian"),
    "pos_number": ("posnumber", "pos", "uci", "ucinumber", "ucino", "clientuci"),
    "service_coordinator": ("servicecoordinator", "coordinator", "servicecoordinatorname", "coordinatorname"),
    "pos_start_date": ("posstartdate", "posstart", "startdate", "posfrom", "authorizationstart"),
    "pos_end_date": ("posenddate", "posend", "enddate", "posto", "posuntil", "authorizationend"),
}
FIELDS = tuple(ALIASES)
_FIELD_OF = {alias: name for name, aliases in ALIASES.items() for alias in aliases}


def field_of(heading: str) -> str | None:
    """The field that a heading means, or None."""
    plain = unicodedata.normalize("NFKD", heading).casefold()
    return _FIELD_OF.get("".join(character for character in plain if character.isalnum()))


class Columns:
    """Where each field is in a row. ``width`` is how many values a row must have; ``ignored`` are the headings that mean nothing here."""

    def __init__(self, headings: list[str]) -> None:
        self.places: dict[str, int] = {}
        self.headings: dict[str, str] = {}
        self.ignored: list[str] = []
        self.width = 0
        for place, heading in enumerate(headings):
            name = field_of(heading)
            if heading.strip():
                self.width = place + 1
            if name is None:
                self.ignored += [heading.strip()[:60]] if heading.strip() else []
            elif name in self.places:
                raise bad_file(
                    "DOUBLE_HEADING", f"Two columns mean the same: “{self.headings[name]}” and “{heading.strip()}”. Remove one of them."
                )
            else:
                self.places[name], self.headings[name] = place, heading.strip()
        if "first_name" not in self.places and "last_name" not in self.places:
            found = ", ".join(f"“{heading.strip()[:40]}”" for heading in headings[:12] if heading.strip()) or "nothing"
            raise bad_file("NO_NAME_COLUMN", f"The first row must hold headings such as first_name and last_name; it holds {found}.")


def bad_file(code: str, message: str) -> ValidationFailed:
    """The failure of a file that can't be read at all."""
    return ValidationFailed(FieldError(("file",), code, message), message=message)
