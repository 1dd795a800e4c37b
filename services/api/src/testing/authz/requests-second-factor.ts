import { createHash, randomBytes } from 'node:crypto'
import { secondFactors, signInChallenges } from '@pix/db/schema/second-factors.ts'
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

export const secondFactor: Readonly<Record<string, Ask>> = {
  'POST /api/auth/second-factor': () => ({ body: { password: PASSWORD } }),
  'POST /api/auth/second-factor/confirm': withApp(false),
  'POST /api/auth/second-factor/recovery-codes': withApp(true),
  'POST /api/auth/second-factor/disable': withApp(true, { password: PASSWORD }),
  'POST /api/auth/second-factor/answer': async o => {
    const { id: userId, sessionVersion } = await o.shop.user('customer')
    const code = await giveApp(o, userId, true)
    const token = randomBytes(32).toString('base64url')
    const tokenHash = createHash('sha256').update(token).digest('hex')
    const expiresAt = new Date(o.shop.deps.now().getTime() + 60_000)
    await o.db.insert(signInChallenges).values({ tokenHash, userId, sessionVersion, expiresAt })
    return { body: { code, locale: 'th' }, headers: { cookie: `pix_challenge=${token}` } }
  },
  'POST /api/auth/provider/finish': () => ({ body: { search: '?code=1' } }),
  'POST /api/auth/provider/link': () => ({ body: { search: '?code=1' } }),
}
