import { Secret, TOTP } from 'otpauth'
import type { TestApp } from '../../../testing/test-app.ts'
import { hashPassword } from '../passwords.ts'

export const PASSWORD = 'correct horse battery'

/** What the app shows at the test's time, so many steps of 30 s later. */
export const codeAt = (t: TestApp, secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: t.deps.now().getTime() + steps * 30_000 })

type Headers = Record<string, string>
const post = (t: TestApp, path: string, payload: object, headers: Headers) =>
  t.app.inject({ method: 'POST', url: `/api/auth/${path}`, payload, headers })

/** Requests of the account that `headers` sign in. */
export const factorOf = (t: TestApp, headers: Headers) => ({
  begin: (password: string | null = PASSWORD) =>
    post(t, 'second-factor', password === null ? {} : { password }, headers),
  confirm: (code: string) => post(t, 'second-factor/confirm', { code, locale: 'en' }, headers),
  renew: (code: string) => post(t, 'second-factor/recovery-codes', { code, locale: 'en' }, headers),
  disable: (code: string, password = PASSWORD) =>
    post(t, 'second-factor/disable', { code, password, locale: 'en' }, headers),
  read: async () => (await t.app.inject({ url: '/api/auth/second-factor', headers })).json<Record<string, unknown>>(),
})

/** Somebody with a password, and their browser. */
export async function person(t: TestApp, role: 'customer' | 'admin' = 'customer') {
  const user = await t.user(role, { passwordHash: await hashPassword(PASSWORD) })
  const login = () => post(t, 'login', { email: user.email, password: PASSWORD }, {})
  /** The first step. @returns the cookie that waits for the code */
  const challenge = async (): Promise<string> => {
    const { cookies } = await login()
    return `pix_challenge=${cookies.find(({ name }) => name === 'pix_challenge')!.value}`
  }
  return { ...user, login, challenge, factor: factorOf(t, user.headers) }
}
export type Person = Awaited<ReturnType<typeof person>>

/** The second step. */
export const answer = (t: TestApp, cookie: string, code: string) =>
  post(t, 'second-factor/answer', { code, locale: 'en' }, { cookie, origin: t.deps.settings.PUBLIC_ORIGIN })

/** Turns the second factor on. Leaves the clock held, one step after the code that was used. */
export async function enrolled(t: TestApp, { factor }: Pick<Person, 'factor'>) {
  t.hold()
  const { secret } = (await factor.begin()).json<{ secret: string }>()
  const { recoveryCodes } = (await factor.confirm(codeAt(t, secret))).json<{ recoveryCodes: string[] }>()
  t.forward(30_000)
  return { secret, recoveryCodes, code: (steps = 0) => codeAt(t, secret, steps) }
}
