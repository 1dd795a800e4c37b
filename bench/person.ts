import { createClient, type Client } from '@pix/contracts/client.ts'
import { fetchWithCookies } from '@pix/contracts/cookie-jar.ts'
import type { Stack } from '@pix/stack/start/stack.ts'

/** A visitor's browser at an address of its own: cookies, typed calls, and plain requests. */
export interface Person extends Client {
  send: typeof fetch
}

/** @param address the client's address as the edge would forward it */
export function personAt({ stack }: { stack: Pick<Stack, 'url' | 'apiUrl'> }, address: string): Person {
  const keep = fetchWithCookies()
  const headers = { 'x-forwarded-for': address, origin: stack.url }
  const send: typeof fetch = (input, init) => keep(input, { ...init, headers: { ...headers, ...headersOf(init) } })
  return { ...createClient({ baseUrl: `${stack.apiUrl}/api`, fetch: send }), send }
}

const headersOf = (init: RequestInit | undefined) => Object.fromEntries(new Headers(init?.headers))
