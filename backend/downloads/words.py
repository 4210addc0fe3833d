"""The words of printed papers, in the languages that clients speak. A code without a word is printed as it is."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "page": "Page {n}",
    "data.title": "What we have on file: {name}",
    "data.subtitle": "{centre}, {day}. Times are the centre's ({zone}). The same data in a form for programs is in the JSON file.",
    "data.none": "Nothing is on file.",
    "data.erased": "This person was erased. What is still here is kept under a pseudonym, because the law wants it.",
    "person": "Person",
    "formerRecords": "Records that were merged into this one",
    "contactMethods": "Phones, emails and handles",
    "consents": "Consents",
    "notes": "Notes",
    "tags": "Tags",
    "memberships": "Memberships",
    "authorizations": "Authorizations",
    "visits": "Visits",
    "messages": "Messages",
    "gamingAccounts": "Gaming accounts",
    "imports": "Imports",
    "adoptedRemarks": "Remarks on what came from the former system",
    "possibleDuplicates": "Possible duplicates",
    "merges": "Merges",
    "bulkChanges": "Changes to many clients at once",
    "formerEvents": "Events of the former system",
    "history": "Who did what",
    "notIncluded": "Not in this paper",
    "notIncluded.backups": "Backups, which hold the same data as it was earlier, until they are removed by age.",
    "notIncluded.former": "The former system's own tables, as far as they were kept. Ask the centre for them.",
    "number": "Number", "firstName": "First name", "lastName": "Last name", "preferredName": "Preferred name",
    "dateOfBirth": "Date of birth", "language": "Language", "memberCode": "Member code", "guardianName": "Guardian",
    "guardianRelation": "Guardian's relation", "guardianPhone": "Guardian's phone", "serviceCoordinator": "Service coordinator",
    "serviceCoordinatorPhone": "Coordinator's phone", "serviceCoordinatorEmail": "Coordinator's email", "largeText": "Large text",
    "kioskColour": "Colour at the kiosk", "kioskPicture": "Picture at the kiosk", "gamerTag": "Gamer tag",
    "noSound": "No sound", "noMotion": "No motion", "createdAt": "On file since", "archivedAt": "Archived",
    "firstVisitAt": "First visit", "lastVisitAt": "Last visit",
    "kind": "Kind", "value": "Value", "label": "Label", "primary": "Primary", "verifiedAt": "Verified", "optedOutAt": "Opted out",
    "granted": "Given", "at": "When", "source": "Where", "by": "By", "body": "Text", "deletedAt": "Deleted", "name": "Name",
    "description": "Description", "tier": "Tier", "startsOn": "First day", "endsOn": "Last day", "note": "Note",
    "endReason": "Ended because",
    "uciNumber": "UCI number", "authorizationNumber": "Number", "unitsPerMonth": "A month", "unit": "Unit", "station": "Where",
    "method": "How", "standing": "Standing", "checkedOutAt": "Left", "voidReason": "Voided because", "period": "Period",
    "status": "State", "why": "Why", "account": "Account", "linkedAt": "Linked", "file": "File", "rows": "Rows", "part": "What",
    "outcome": "What was done", "reason": "Why", "foundAt": "Noticed", "dismissedAt": "Dismissed", "kept": "Kept", "merged": "Merged",
    "undoneAt": "Undone", "tag": "Tag", "changed": "Changed", "event": "Event", "action": "What", "true": "yes", "false": "no",
    "erasure.title": "Certificate of erasure",
    "erasure.subtitle": "{centre}, {day}",
    "erasure.what": "What was done",
    "erasure.text": "The personal data of client {number} were erased for good. What is kept says nothing about who the person was.",
    "erasure.number": "Client number", "erasure.at": "Erased", "erasure.reason": "Reason", "erasure.pseudonym": "Kept under the name",
    "erasure.former": "Records that were merged and went too", "erasure.erased": "Erased", "erasure.kept": "Kept, and why",
    "erasure.count": "How many", "erasure.thing": "What", "erasure.why": "Why", "erasure.backups": "Backups",
    "erasure.backups.text": "Backups made before still hold the person until they are removed by age. "
    "Restoring one erases the person again.",
    "erasure.basis": "Basis",
    "OWN_REQUEST": "The person asked for it", "GUARDIAN_REQUEST": "A guardian asked for it",
    "ENTERED_BY_MISTAKE": "Entered by mistake", "RETENTION_ENDED": "No longer needed",
    "BILLING": "Records of paid services must be kept for five years", "ACCOUNTABILITY": "Who did what and when, without the values",
    "records": "Records of the person", "importMarks": "Import marks", "ggleapLinks": "Links to gaming accounts",
    "auditValues": "Values in the log of changes", "savedSearches": "Saved searches", "predecessorRows": "Rows of the former system",
    "auditEntries": "Entries in the log of changes",
}  # fmt: skip

ES: Mapping[str, str] = {
    "page": "Página {n}",
    "data.title": "Lo que tenemos registrado: {name}",
    "data.subtitle": "{centre}, {day}. Las horas son las del centro ({zone}). El archivo JSON tiene los mismos datos para programas.",
    "data.none": "No hay nada registrado.",
    "data.erased": "Esta persona fue borrada. Lo que queda se guarda con un seudónimo porque la ley lo exige.",
    "person": "Persona",
    "formerRecords": "Registros que se unieron a este",
    "contactMethods": "Teléfonos, correos y alias",
    "consents": "Consentimientos",
    "notes": "Notas",
    "tags": "Etiquetas",
    "memberships": "Membresías",
    "authorizations": "Autorizaciones",
    "visits": "Visitas",
    "messages": "Mensajes",
    "gamingAccounts": "Cuentas de juego",
    "imports": "Importaciones",
    "adoptedRemarks": "Observaciones sobre lo que vino del sistema anterior",
    "possibleDuplicates": "Posibles duplicados",
    "merges": "Uniones",
    "bulkChanges": "Cambios a muchos clientes a la vez",
    "formerEvents": "Eventos del sistema anterior",
    "history": "Quién hizo qué",
    "notIncluded": "Lo que no está en este documento",
    "notIncluded.backups": "Las copias de seguridad, que tienen los mismos datos como eran antes, hasta que se eliminan por antigüedad.",
    "notIncluded.former": "Las tablas propias del sistema anterior, si se guardaron. Pídalas al centro.",
    "number": "Número", "firstName": "Nombre", "lastName": "Apellido", "preferredName": "Nombre preferido",
    "dateOfBirth": "Fecha de nacimiento", "language": "Idioma", "memberCode": "Código de miembro", "guardianName": "Tutor",
    "guardianRelation": "Relación del tutor", "guardianPhone": "Teléfono del tutor", "serviceCoordinator": "Coordinador de servicios",
    "serviceCoordinatorPhone": "Teléfono del coordinador", "serviceCoordinatorEmail": "Correo del coordinador",
    "largeText": "Texto grande", "noSound": "Sin sonido", "noMotion": "Sin movimiento", "kioskColour": "Color en el quiosco",
    "kioskPicture": "Imagen en el quiosco", "gamerTag": "Nombre de jugador", "createdAt": "Registrado desde",
    "archivedAt": "Archivado", "firstVisitAt": "Primera visita", "lastVisitAt": "Última visita",
    "kind": "Tipo", "value": "Valor", "label": "Etiqueta", "primary": "Principal", "verifiedAt": "Verificado", "optedOutAt": "Baja",
    "granted": "Dado", "at": "Cuándo", "source": "Dónde", "by": "Por", "body": "Texto", "deletedAt": "Borrada", "name": "Nombre",
    "description": "Descripción", "tier": "Nivel", "startsOn": "Primer día", "endsOn": "Último día", "note": "Nota",
    "endReason": "Terminó porque", "uciNumber": "Número UCI", "authorizationNumber": "Número", "unitsPerMonth": "Al mes",
    "unit": "Unidad", "station": "Dónde", "method": "Cómo", "standing": "Situación", "checkedOutAt": "Salida",
    "voidReason": "Anulada porque", "period": "Período", "status": "Estado", "why": "Por qué", "account": "Cuenta",
    "linkedAt": "Vinculada", "file": "Archivo", "rows": "Filas", "part": "Qué", "outcome": "Qué se hizo", "reason": "Por qué",
    "foundAt": "Notado", "dismissedAt": "Descartado", "kept": "Conservado", "merged": "Unido", "undoneAt": "Deshecho",
    "tag": "Etiqueta", "changed": "Cambió", "event": "Evento", "action": "Qué", "true": "sí", "false": "no",
    "erasure.title": "Certificado de borrado",
    "erasure.subtitle": "{centre}, {day}",
    "erasure.what": "Qué se hizo",
    "erasure.text": "Los datos personales del cliente {number} se borraron para siempre. Lo que se guarda no dice quién era la persona.",
    "erasure.number": "Número de cliente", "erasure.at": "Borrado", "erasure.reason": "Motivo",
    "erasure.pseudonym": "Se guarda con el nombre", "erasure.former": "Registros unidos que también se borraron",
    "erasure.erased": "Borrado", "erasure.kept": "Guardado, y por qué", "erasure.count": "Cuántos", "erasure.thing": "Qué",
    "erasure.why": "Por qué", "erasure.backups": "Copias de seguridad",
    "erasure.backups.text": "Las copias hechas antes aún tienen a la persona hasta que se eliminan por antigüedad. "
    "Restaurar una la borra de nuevo.",
    "erasure.basis": "Fundamento",
    "OWN_REQUEST": "Lo pidió la persona", "GUARDIAN_REQUEST": "Lo pidió un tutor", "ENTERED_BY_MISTAKE": "Registrado por error",
    "RETENTION_ENDED": "Ya no se necesita",
    "BILLING": "Los registros de servicios pagados deben guardarse cinco años",
    "ACCOUNTABILITY": "Quién hizo qué y cuándo, sin los valores",
    "records": "Registros de la persona", "importMarks": "Marcas de importación", "ggleapLinks": "Vínculos a cuentas de juego",
    "auditValues": "Valores en el registro de cambios", "savedSearches": "Búsquedas guardadas",
    "predecessorRows": "Filas del sistema anterior", "auditEntries": "Entradas en el registro de cambios",
}  # fmt: skip

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": EN, "es": ES}


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._words = LANGUAGES[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """A word with its places filled; an unknown key is its own word."""
        word = self._words.get(key, key)
        for name, value in values.items():
            word = word.replace(f"{{{name}}}", str(value))
        return word
