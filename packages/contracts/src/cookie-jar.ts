/** A fetch that keeps the server's cookies, which Node's does not: one visitor's browser, outside a browser. */
export function fetchWithCookies(): typeof fetch {
  const jar = new Map<string, string>()
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    if (jar.size > 0) {
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
      // A request with a cookie has to name its origin, as a page of the shop does.
      if (!headers.has('origin')) headers.set('origin', new URL(input instanceof Request ? input.url : input).origin)
    }
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name !== undefined && value !== undefined) jar.set(name, value)
    }
    return response
  }
}
