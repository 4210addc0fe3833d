"""What a kiosk says to a member, in both languages. Policies speak to the desk elsewhere; here they speak to the person themselves."""

SENTENCES = {
    "en": {
        "GOOD": "You are checked in. Have fun!",
        "ALLOW": "You are checked in. Have fun!",
        "REMIND": "You are checked in. Please talk to us at the desk about renewing. Have fun!",
        "REPEAT": "You are already checked in. Have fun!",
        "ASK_STAFF": "Please go to the desk. We know that you are here.",
        "SEE_DESK": "Please see the desk. We are happy to help.",
        "FOR_STAFF": "Saved. Our staff will look at it.",
        "VISITOR": "Thank you! Please see the desk. We know that you are here.",
    },
    "es": {
        "GOOD": "Tu visita está registrada. ¡Diviértete!",
        "ALLOW": "Tu visita está registrada. ¡Diviértete!",
        "REMIND": "Tu visita está registrada. Habla con nosotros en recepción para renovar. ¡Diviértete!",
        "REPEAT": "Tu visita ya está registrada. ¡Diviértete!",
        "ASK_STAFF": "Pasa a recepción, por favor. Ya sabemos que estás aquí.",
        "SEE_DESK": "Pasa a recepción, por favor. Te ayudamos con gusto.",
        "FOR_STAFF": "Guardado. Nuestro personal lo revisará.",
        "VISITOR": "¡Gracias! Pasa a recepción, por favor. Ya sabemos que estás aquí.",
    },
}
