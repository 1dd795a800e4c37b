/** As much of an address as its owner needs to recognize it: `n•••@shop.example`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const shown = at > 2 ? email.slice(0, 1) : ''
  return `${shown}•••${email.slice(at)}`
}
