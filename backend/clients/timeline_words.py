"""What a timeline says of each action, in both languages. Another action is said by its name, so nothing is ever left out."""

from collections.abc import Mapping
from typing import Any

from backend.clients.reading import as_read

_EN, _ES = 0, 1
_SAID: dict[str, tuple[str, str]] = {
    "client.created": ("Put on file", "Registro creado"),
    "client.imported": ("Imported", "Importado"),
    "client.adopted": ("Brought over from the former system", "Traído del sistema anterior"),
    "client.updated": ("Details changed", "Datos modificados"),
    "client.archived": ("Archived", "Archivado"),
    "client.restored": ("Restored from the archive", "Recuperado del archivo"),
    "client.erased": ("Personal data erased", "Datos personales borrados"),
    "client.merged": ("Merged with another record", "Unido con otro registro"),
    "client.merged_away": ("Merged into another record", "Unido a otro registro"),
    "client.merge_undone": ("Merge undone", "Unión deshecha"),
    "client.member_code_changed": ("New member code", "Código de miembro nuevo"),
    "client.tags_changed": ("Tags changed", "Etiquetas modificadas"),
    "client.duplicate_dismissed": ("Not the same person as another client", "No es la misma persona que otro cliente"),
    "client.data_downloaded": ("Data downloaded", "Datos descargados"),
    "contact_method.added": ("Contact added", "Contacto añadido"),
    "contact_method.updated": ("Contact changed", "Contacto modificado"),
    "contact_method.removed": ("Contact removed", "Contacto eliminado"),
    "contact_method.restored": ("Contact put back", "Contacto recuperado"),
    "consent.recorded": ("Consent recorded", "Consentimiento registrado"),
    "note.added": ("Note written", "Nota escrita"),
    "note.updated": ("Note changed", "Nota modificada"),
    "note.deleted": ("Note deleted", "Nota eliminada"),
    "note.restored": ("Note brought back", "Nota recuperada"),
    "check_in.recorded": ("Checked in", "Entrada registrada"),
    "check_in.refused": ("Not checked in", "No registrado"),
    "check_in.voided": ("Visit voided", "Visita anulada"),
    "check_in.restored": ("Voided visit restored", "Visita anulada recuperada"),
    "check_in.checked_out": ("Checked out", "Salida registrada"),
    "check_in.check_out_undone": ("Check-out taken back", "Salida deshecha"),
    "check_in.moved": ("Visit put at an earlier time by a press that arrived late", "Visita adelantada por un registro que llegó tarde"),
    "kiosk_event.left": ("Press at a kiosk waits for staff", "Un registro del quiosco espera al personal"),
    "kiosk_event.accepted": ("Press at a kiosk accepted", "Registro del quiosco aceptado"),
    "kiosk_event.dismissed": ("Press at a kiosk dismissed", "Registro del quiosco descartado"),
    "kiosk_event.settled": ("Press at a kiosk settled by a check-in", "Registro del quiosco resuelto por una entrada"),
    "membership.added": ("Membership added", "Membresía añadida"),
    "membership.renewed": ("Membership renewed", "Membresía renovada"),
    "membership.extended": ("Membership extended", "Membresía prolongada"),
    "membership.updated": ("Membership changed", "Membresía modificada"),
    "membership.ended": ("Membership ended", "Membresía terminada"),
    "membership.imported": ("Membership imported", "Membresía importada"),
    "membership.put_back": ("Membership put back", "Membresía recuperada"),
    "membership.removed": ("Membership removed", "Membresía eliminada"),
    "authorization.added": ("Authorization added", "Autorización añadida"),
    "authorization.renewed": ("Authorization renewed", "Autorización renovada"),
    "authorization.extended": ("Authorization extended", "Autorización prolongada"),
    "authorization.updated": ("Authorization changed", "Autorización modificada"),
    "authorization.ended": ("Authorization ended", "Autorización terminada"),
    "authorization.imported": ("Authorization imported", "Autorización importada"),
    "authorization.put_back": ("Authorization put back", "Autorización recuperada"),
    "authorization.removed": ("Authorization removed", "Autorización eliminada"),
    "message.not_sent": ("Message not sent", "Mensaje no enviado"),
}
_CONSENT = {
    True: ("Consent given", "Consentimiento otorgado"),
    False: ("Consent withdrawn", "Consentimiento retirado"),
}
# The value that tells one such entry from another.
_DETAIL = {"contact_method": "value", "consent": "kind", "membership": "tier", "authorization": "uci_number"}


def summary(action: str, subject: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, language: str) -> str:
    """One line for people; ``language`` is ``en`` or ``es``, anything else is read as English."""
    place = _ES if language == "es" else _EN
    known = {**(before or {}), **(after or {})}
    said = _CONSENT[bool(known["granted"])] if action == "consent.recorded" and "granted" in known else _SAID.get(action)
    line = said[place] if said else " ".join(action.replace(".", " ").split("_")).capitalize()
    detail = as_read(known.get(_DETAIL.get(subject, "")))
    return f"{line}: {detail}" if detail else line
