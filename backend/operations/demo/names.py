"""Given and family names of the demo's people."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    """
    Amara Anh Beatriz Caleb Camila Carmen Cedric Chidi Dalia Daniela Darnell Delia Dmitri Elena Elias Emeka Esperanza Ezra Farah
    Felix Fiona Gael Giang Graciela Hana Hector Ibrahim Imani Ines Iris Isaac Jada Javier Jonah Josué Juniper Kaito Keisha Khalil
    Lark Leila Lourdes Luca Malik Marisol Mateo Mei Micah Minh Nadia Naveen Noor Octavia Omar Paloma Priya Quentin Ramón Renata Rosa
    Ruben Sage Salma Santiago Selah Sofía Tadeo Talia Thi Tobias Umar Valentina Vera Wanjiru Xiomara Yara Yusuf Zara Zoë
    """
)
FAMILY = _words(
    """
    Abara Acevedo Adeyemi Alvarado Ambrose Arroyo Avakian Baptiste Barragán Bello Bui Calloway Castellanos Chowdhury Cisneros
    Delacruz Dhillon Dominguez Dubois Echeverría Ellsworth Escobedo Fairchild Ferreira Fontaine Galindo Ghorbani Greenwood Guerrero
    Hakimi Hollis Huang Ibáñez Iyer Jimenez Kalantari Kapoor Kim Lachance Larsson Lindgren Lucero Macías Marchetti Mbeki Medina
    Montoya Nakamura Navarro Nguyen Okonkwo Olmos Ortega Pacheco Papazian Peralta Quintero Ramsey Rivas Robledo Salcedo Sandoval
    Serrano Sharma Solís Tanaka Thibault Trujillo Uddin Valdez Varga Villaseñor Whitfield Yamamoto Zamora Zepeda
    """
)
