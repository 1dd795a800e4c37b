import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { TEST_ORIGIN, type TestApp } from '../../../testing/test-app.ts'
import type { TestBrowser } from '../accounts-testing.ts'

/** What the stranger knows of its accounts, by the name that is typed there. */
export type Accounts = Record<string, { email?: string; email_verified?: boolean; name?: string }>

const CLIENT = { client_id: 'the-shop', client_secret: 'a-client-secret-of-the-tests-0123456789' }

/**
 * A real OpenID provider on a free port, run as Google runs its own: it knows nothing of our code.
 *
 * @param claimsInToken also says the e-mail address in the ID token, as Google does; else by its userinfo endpoint alone
 */
export async function startProvider(accounts: Accounts, { claimsInToken = true } = {}) {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [`${TEST_ORIGIN}/login/provider`] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: !claimsInToken,
    pkce: { required: () => true },
    cookies: { keys: ['a key of the tests'] },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...accounts[accountId] }) }),
  })
  server.on('request', provider.callback())
  return {
    issuer,
    /** The settings by which the api knows it. */
    settings: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.client_id,
      OIDC_CLIENT_SECRET: CLIENT.client_secret,
      OIDC_NAME: 'Stranger',
    },
    visit: (url: string, account: string) => visit(issuer, url, account),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
export type TestProvider = Awaited<ReturnType<typeof startProvider>>

/** A browser at the provider: signs in there, consents, and is sent back. @returns the query of our address */
async function visit(issuer: string, start: string, account: string): Promise<string> {
  const jar = new Map<string, string>()
  let [url, body]: [string, URLSearchParams | null] = [start, null]
  for (let step = 0; step < 20; step++) {
    const answer: Response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      body,
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      jar.set(name!, value!)
    }
    body = null
    const location = answer.headers.get('location')
    if (location !== null) {
      url = new URL(location, url).href
      if (url.startsWith(TEST_ORIGIN)) return new URL(url).search
      continue
    }
    const page: string = await answer.text()
    const prompt: string | undefined = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (prompt === undefined) throw new Error(`the provider answered ${answer.status}: ${page.slice(0, 500)}`)
    body = new URLSearchParams(prompt === 'login' ? { prompt, login: account, password: 'any' } : { prompt })
    url = new URL(/action="([^"]+)"/.exec(page)![1]!, issuer).href
  }
  throw new Error('the provider never sent the browser back')
}

/** The whole way: to the provider, signed in there as this account, and back. */
export async function signInAt(provider: TestProvider, browser: TestBrowser, account: string) {
  const { url } = (await browser.post('/auth/provider/begin')).json<{ url: string }>()
  return browser.post('/auth/provider/finish', { search: await provider.visit(url, account), locale: 'en' })
}

/** The same by somebody who is signed in here, to link the two. */
export async function linkAt(
  provider: TestProvider,
  browser: TestBrowser,
  account: string,
  { headers }: Pick<Awaited<ReturnType<TestApp['user']>>, 'headers'>,
  password?: string,
) {
  const { url } = (await browser.post('/auth/provider/link/begin', { password }, { headers })).json<{ url: string }>()
  const search = await provider.visit(url, account)
  return browser.post('/auth/provider/link', { search, locale: 'en' }, { headers })
}
