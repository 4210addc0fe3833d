/** A phone in E.164 as people here write it: North American ones without the country code, others with blanks after it. */
export function phoneText(phone: string): string {
  const north = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone)
  return north ? `(${north[1]}) ${north[2]}-${north[3]}` : phone
}
