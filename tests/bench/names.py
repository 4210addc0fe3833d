"""Names of the many origins that a Californian centre has."""


def _names(text: str) -> list[str]:
    return [name.replace("_", " ") for name in text.split()]


GIVEN = _names(
    """
    Aaliyah Aarav Abdullah Adaeze Agnieszka Ahmed Aiko Alejandro Alexis Amina Ana Andrés Anjali Anthony Aoife Arjun Ashley Astrid
    Ava Babajide Bao Beatrice Björn Brandon Brianna Bridget Camila Carlos Catherine Chiara Chinedu Chloé Christopher Dae-jung
    Daniel David Deepika Destiny Diego Dmytro Eduardo Elena Elijah Elizabeth Emily Emmanuel Ethan Eun-ji Fatima Fernanda François
    Gabriel Gabriela Giulia Grace Guadalupe Hana Haruto Hiroshi Hyun-woo Ignacio Ines Isabella Ivan Jacob Jamal James Jasmine
    Javier Jayden Jennifer Jesús João Jorge José Joshua Juan Julia Kamala Karen Kateryna Kevin Khadija Kwame Lakshmi Laura Leila
    Liam Lin Logan Lucía Luis Magdalena Malia Marcus María Mariana Matthew Maya Mehmet Mei Michael Miguel Min-jun Mohammed Natalia
    Nathan Ngozi Nia Nicole Noah Nguyệt Olga Olivia Oluwaseun Omar Óscar Patricia Pedro Priya Quốc Rachel Raj Ramón Rebecca
    Ricardo Robert Rosa Ryan Sakura Salma Samuel Sandra Santiago Sarah Sergio Siobhán Sofía Søren Stephanie Sunita Takumi Tatiana
    Teresa Thị Thomas Tuấn Tyler Valentina Vanessa Víctor Victoria Vikram William Wei Ximena Yasmin Yến Yuki Yusuf Zainab Zhen Zoë
    """
)
FAMILY = _names(
    """
    Abdi Abe Acosta Adebayo Aguilar Ahmed Ali Alvarez Anderson Aquino Arslan Avila Baker Bailey Barrios Bauer Begum Bianchi Brown
    Bùi Campbell Campos Carrillo Castillo Castro Cervantes Chang Chávez Chen Choi Clark Contreras Cooper Cruz Da_Silva Dang Davis
    De_la_Cruz Delgado Diaz Dupont Edwards Eriksson Espinoza Estrada Evans Fernández Ferrari Figueroa Flores Fuentes García Ghosh
    Gómez González Green Guerrero Gupta Gutiérrez Hall Hansen Harris Hassan Hernández Herrera Hill Hoang Huang Hughes Ibarra Islam
    Ivanova Jackson Jansen Jiménez Johnson Jones Juárez Kaur Khan Kim Kobayashi Kovalenko Kowalski Kumar Lam Lê Lee Lewis Li Lin
    Liu Lopez Luna MacDonald Maldonado Martin Martínez Medina Mehta Mejía Mendoza Meyer Miller Mitchell Molina Moore Morales
    Moreno Müller Muñoz Murphy Nakamura Navarro Ndiaye Nguyễn Núñez Nwosu O'Brien Ochoa Okafor Okoye Olsen Ortega Ortiz Öztürk Pak
    Park Parker Patel Peña Pérez Petrov Pham Phan Phillips Popescu Ramírez Ramos Reyes Reynolds Ríos Rivera Roberts Robinson
    Rodriguez Rojas Romero Rossi Ruiz Salazar Sánchez Sandoval Santos Sato Schmidt Scott Shah Sharma Silva Singh Smith Solís Soto
    Suárez Suzuki Tanaka Taylor Thomas Thompson Torres Tran Turner Valencia Vargas Vásquez Vega Walker Wang White Williams Wilson
    Wong Wright Yamamoto Yang Yılmaz Young Zapata Zhang Zhou
    """
)
