/** What is wrong with a setting of the centre, by the server's code. */
const problems = {
  UNKNOWN_ZONE: 'Choose one of the time zones.',
  NOT_IN_RANGE: 'This number is too small or too large.',
  UNKNOWN_POLICY: 'There is no such policy. Reload the page.',
  NO_LANGUAGE: 'Offer at least one language.',
  NOT_OFFERED: 'Choose one of the languages that are offered.',
  NOT_A_COLOUR: 'Write the colour as # and six digits, such as #d01040.',
  LOW_CONTRAST:
    'This colour can’t be read well enough. Choose a darker one for the light theme, a lighter one for the dark.',
  NOT_A_PICTURE: 'This is no PNG, WebP or JPEG picture, or it is damaged.',
  TOO_MANY_PIXELS: 'This picture has too many pixels. Make it smaller.',
  TOO_DETAILED: 'This picture has too many details for a logo. Use a simpler one.',
  TWICE: 'This was chosen twice.',
}

export default problems
