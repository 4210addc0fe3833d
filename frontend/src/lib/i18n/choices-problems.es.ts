import type en from './choices-problems.en'

const problems: typeof en = {
  UNKNOWN_ZONE: 'Elija una de las zonas horarias.',
  NOT_IN_RANGE: 'Este número es demasiado bajo o demasiado alto.',
  UNKNOWN_POLICY: 'Esta norma no existe. Recargue la página.',
  NO_LANGUAGE: 'Ofrezca al menos un idioma.',
  NOT_OFFERED: 'Elija uno de los idiomas que se ofrecen.',
  NOT_A_COLOUR: 'Escriba el color como # y seis dígitos, por ejemplo #d01040.',
  LOW_CONTRAST: 'Este color no se lee bien. Elija uno más oscuro para el tema claro y uno más claro para el oscuro.',
  NOT_A_PICTURE: 'No es una imagen PNG, WebP o JPEG, o está dañada.',
  TOO_MANY_PIXELS: 'Esta imagen tiene demasiados píxeles. Hágala más pequeña.',
  TOO_DETAILED: 'Esta imagen tiene demasiados detalles para un logotipo. Use una más sencilla.',
  TWICE: 'Esto se eligió dos veces.',
}

export default problems
