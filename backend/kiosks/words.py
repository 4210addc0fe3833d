"""What a kiosk says to a member, in both languages, below its own heading ("You're checked in!", "Please go to the desk").

Policies speak to the desk elsewhere; here they speak to the person themselves.
"""

SENTENCES = {
    "en": {
        "GOOD": "Have fun!",
        "ALLOW": "Have fun!",
        "REMIND": "Please talk to us at the desk about renewing. Have fun!",
        "REPEAT": "Your visit was counted before. Have fun!",
        "ASK_STAFF": "We have told them that you are here.",
        "SEE_DESK": "We’re happy to help.",
        "FOR_STAFF": "Our staff will look at it.",
        "VISITOR": "Please go to the desk. They know that you are here.",
    },
    "es": {
        "GOOD": "¡Que se divierta!",
        "ALLOW": "¡Que se divierta!",
        "REMIND": "Hable con nosotros en recepción para renovar. ¡Que se divierta!",
        "REPEAT": "Su visita ya se contó antes. ¡Que se divierta!",
        "ASK_STAFF": "Ya les avisamos de que está aquí.",
        "SEE_DESK": "Con gusto le ayudamos.",
        "FOR_STAFF": "Nuestro personal lo revisará.",
        "VISITOR": "Pase a recepción, por favor. Ya saben que está aquí.",
    },
}
