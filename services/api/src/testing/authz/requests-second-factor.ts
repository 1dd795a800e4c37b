import { createHash, randomBytes } from 'node:crypto'
import { lostSecondFactors, secondFactors, signInChallenges } from '@pix/db/schema/second-factors.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { Secret, TOTP } from 'otpauth'
import { type Objects, PASSWORD } from './objects.ts'
import type { Ask, Sender } from './request.ts'

/** The user of the sender's access token; undefined where they have none. */
async function senderId(sender: Sender): Promise<string | undefined> {
  const { authorization } = (await sender.browser()).headers
  const claims = authorization?.split('.')[1]
  return claims && (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string }).sub
}

/** Gives an account an app. @returns what the app shows now */
async function giveApp({ shop: { db, deps } }: Objects, userId: string, isOn: boolean): Promise<string> {
  const secret = new Secret({ size: 20 })
  const sealed = seal(deps.settings.COLUMN_KEYS, secondFactors.secret, userId, secret.base32)
  const row = { secret: sealed, confirmedAt: isOn ? deps.now() : null }
  await db
    .insert(secondFactors)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: secondFactors.userId, set: row })
  return new TOTP({ secret }).generate({ timestamp: deps.now().getTime() })
}

/** The sender's own app, and its code. */
const withApp =
  (isOn: boolean, more: object = {}): Ask =>
  async (o, sender) => {
    const userId = await senderId(sender)
    const code = userId === undefined ? '000000' : await giveApp(o, userId, isOn)
    return { body: { code, locale: 'th', ...more } }
  }

/** Somebody with an app whose sign-in waits for its code. @returns what the app shows, and the cookie */
async function waitingSignIn(o: Objects) {
  const { id: userId, sessionVersion } = await o.shop.user('customer')
  const code = await giveApp(o, userId, true)
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(o.shop.deps.now().getTime() + 60_000)
  await o.db.insert(signInChallenges).values({ tokenHash: hashOf(token), userId, sessionVersion, expiresAt })
  return { code, cookie: `pix_challenge=${token}` }
}

/** Somebody who lost their app, whose wait is over. @returns their id and the token of the letter */
async function lostFactor(o: Objects) {
  const { id: userId } = await o.shop.user('customer')
  await giveApp(o, userId, true)
  const token = randomBytes(32).toString('base64url')
  const at = (hours: number) => new Date(o.shop.deps.now().getTime() + hours * 3_600_000)
  const row = { userId, keepHash: hashOf(token), askedAt: at(-73), waitsUntil: at(-1) }
  await o.db.insert(lostSecondFactors).values(row)
  return { userId, token }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

export const secondFactor: Readonly<Record<string, Ask>> = {
  'POST /api/auth/second-factor': () => ({ body: { password: PASSWORD } }),
  'POST /api/auth/second-factor/confirm': withApp(false),
  'POST /api/auth/second-factor/recovery-codes': withApp(true),
  'POST /api/auth/second-factor/disable': withApp(true, { password: PASSWORD }),
  'POST /api/auth/second-factor/answer': async o => {
    const { code, cookie } = await waitingSignIn(o)
    return { body: { code, locale: 'th' }, headers: { cookie } }
  },
  'POST /api/auth/second-factor/lost': async o => {
    const { cookie } = await waitingSignIn(o)
    return { body: { locale: 'th' }, headers: { cookie } }
  },
  'POST /api/auth/second-factor/keep': async o => ({ body: { token: (await lostFactor(o)).token } }),
  'POST /api/admin/inbox/lost_factor/:id/decide': async (o, sender) => {
    const [{ userId }, self] = [await lostFactor(o), await senderId(sender)]
    const code = self === undefined ? '000000' : await giveApp(o, self, true)
    return { params: { id: userId }, body: { decision: 'turned_off', reason: 'known by voice', code, locale: 'th' } }
  },
  'POST /api/auth/provider/finish': () => ({ body: { search: '?code=1', locale: 'th' } }),
  'POST /api/auth/provider/link/begin': () => ({ body: { password: PASSWORD } }),
  'POST /api/auth/provider/link': () => ({ body: { search: '?code=1', locale: 'th' } }),
  'POST /api/auth/provider/unlink': () => ({ body: { password: PASSWORD, locale: 'th' } }),
}
