import { createClient, type Client } from '@pix/contracts/client.ts'
import { fetchWithCookies } from '@pix/contracts/cookie-jar.ts'
import { login, refresh } from '@pix/contracts/auth.ts'

/** The logins that `npm start` seeds and prints. */
export const DEMO = {
  password: 'demo-pixstock-2026',
  admin: 'admin@demo.thepixstock.test',
  photographer: 'photographer@demo.thepixstock.test',
}

/** Before the token runs out (15 minutes): a long bench stays signed in. */
const REFRESH_MS = 10 * 60_000

/** One browser's worth of identity: its cookies, and a token once it has signed in. */
export interface Visitor extends Client {
  signIn(email: string, password?: string): Promise<void>
  /** A plain GET of a path or address, with the visitor's cookies on our own origin. */
  get(url: string): Promise<Response>
}

export function createVisitor(baseUrl: string): Visitor {
  const send = fetchWithCookies()
  let token: string | undefined
  const client = createClient({
    baseUrl: `${baseUrl}/api`,
    headers: () => ({ origin: new URL(baseUrl).origin, ...(token ? { authorization: `Bearer ${token}` } : {}) }),
    fetch: send,
  })
  return {
    ...client,
    async signIn(email, password = DEMO.password) {
      token = (await client.call(login, { body: { email, password } })).accessToken
      const renew = async () => {
        token = (await client.call(refresh, {})).accessToken
      }
      setInterval(() => void renew().catch(() => undefined), REFRESH_MS).unref()
    },
    get: url => send(new URL(url, baseUrl).href),
  }
}
