export interface PasswordDraft {
  current: string
  next: string
  repeat: string
}

export interface PasswordBounds {
  passwordMinLength: number
  passwordMaxLength: number
}

export interface PasswordOwner {
  email: string
  username: string | null
  displayName: string
}

export type PasswordRule = 'length' | 'name' | 'different' | 'repeat'

/**
 * The server's rules that can be checked while typing, in the order in which they are shown. Length counts
 * characters as a person does, so that an emoji is one. Common passwords are known to the server alone.
 */
export function passwordChecklist(
  draft: PasswordDraft,
  bounds: PasswordBounds,
  owner: PasswordOwner,
): { rule: PasswordRule; met: boolean }[] {
  const length = [...draft.next].length
  const plain = draft.next.trim().toLowerCase()
  const names = [owner.email, owner.email.split('@')[0], owner.username, owner.displayName]
  return [
    { rule: 'length', met: length >= bounds.passwordMinLength && length <= bounds.passwordMaxLength },
    { rule: 'name', met: length > 0 && !names.some((name) => name && name.trim().toLowerCase() === plain) },
    { rule: 'different', met: length > 0 && draft.next !== draft.current },
    { rule: 'repeat', met: length > 0 && draft.next === draft.repeat },
  ]
}
