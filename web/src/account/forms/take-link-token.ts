/**
 * The token of a letter's link, from the address's fragment, which no server sees. It leaves the address at once: what
 * is photographed, shared or kept in the history opens nothing.
 */
export function takeLinkToken(): string {
  const token = location.hash.slice(1)
  if (token !== '') history.replaceState(history.state, '', location.pathname + location.search)
  return token
}
