import type { ReasonWords } from './reasons.en'

const reasons: ReasonWords = {
  bad_date:
    'La fecha no puede ser correcta (anterior a 1900, posterior a 2199 o un nacimiento en el futuro), así que se omitió.',
  bad_email:
    'La cuenta no tiene correo, así que se le inventó uno; entre con el nombre de usuario o ponga una dirección.',
  bad_time: 'La hora no existe en ningún calendario, así que la fila se omitió.',
  bad_username:
    'El nombre de usuario tiene espacios, una arroba o demasiados caracteres; esta persona entra con su correo.',
  blank: 'No hay nada escrito.',
  changed_since: 'La fila cambió en el origen después de copiarse; la copia de aquí quedó como estaba.',
  client_gone: 'El cliente de esta fila no está aquí (o ya no está).',
  code_taken: 'Otro cliente tiene el mismo código de miembro y lo conserva.',
  cut: 'El valor era demasiado largo y se cortó; entero está en el esquema legacy.',
  date_limited: 'La fecha es anterior a 1900 o posterior a 2199 y se puso en ese límite.',
  ends_before_start: 'Termina antes de empezar.',
  in_parts: 'La nota tiene más de 10.000 caracteres y se dividió en notas numeradas.',
  moved:
    'Otro registro de este cliente tiene exactamente el mismo instante, así que la hora se movió una millonésima de segundo.',
  needs_fixing: 'No es un teléfono ni un correo que funcione; se guardó como estaba escrito, marcado para corregir.',
  no_name: 'El cliente no tiene nombre y se guarda como «?».',
  no_place: 'Aquí no hay lugar para este valor.',
  no_plan: 'La membresía no nombra ningún plan y se puso en el tipo «Unknown».',
  no_space: 'El nombre tiene demasiados caracteres y se acortó.',
  not_a_code: 'El código de miembro no es ni un texto ni un número.',
  one_date: 'La autorización solo tiene una de sus dos fechas.',
  other_number: 'Un número de otro sistema, con un nombre que aquí no significa nada.',
  reset_link: 'Un enlace para restablecer una contraseña no se trae; haga uno nuevo.',
  same_account: 'La cuenta de juego ya está enlazada.',
  same_code: 'El mismo código de miembro dos veces para un cliente.',
  same_consent: 'El mismo consentimiento en el mismo instante dos veces.',
  same_email: 'Otra cuenta tiene el mismo correo escrito de otra forma.',
  same_group: 'Ya hay un grupo así.',
  same_plan: 'El mismo plan escrito de otra forma, o un tipo que ya estaba.',
  same_station: 'El mismo puesto escrito de otra forma, o uno que ya estaba.',
  same_tag: 'La misma etiqueta escrita de otra forma, o una que ya estaba.',
  same_value: 'El cliente ya tiene el mismo teléfono, correo o alias.',
  second_code: 'El cliente ya tiene otro código de miembro.',
  second_factor: 'El segundo factor no se puede traer; hay que volver a configurarlo.',
  too_long: 'El valor es más largo que cualquiera que funcione.',
  uci_without_dates: 'Un número UCI sin fechas no puede ser una autorización; se guardó como nota del cliente.',
  unknown_colour: 'El color no es ninguno, así que la etiqueta es gris.',
  unknown_column: 'De esta columna no se sabe nada. Se queda en el esquema legacy.',
  unknown_hash: 'La contraseña está guardada de una forma que aquí no se conoce; esta persona necesita una nueva.',
  unknown_kind: 'Aquí no hay nada de este tipo.',
  unknown_language: 'El idioma no es ni inglés ni español; se tomó el inglés.',
  unknown_method: 'No se sabe cómo se registró la visita; cuenta como importada.',
  unknown_role: 'El rol no se conoce; la cuenta quedó como cuenta de recepción.',
  unknown_table: 'De esta tabla no se sabe nada. Sus filas se quedan en el origen.',
  username_taken: 'Otra cuenta tiene el mismo nombre de usuario; esta persona entra con su correo.',
}

export default reasons
