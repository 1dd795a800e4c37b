import { createHmac } from 'node:crypto'
import { type Captcha, Captcha as CaptchaShape } from '@pix/contracts/captcha.ts'
import { createChallenge, randomInt } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Context } from '../../../base/context.ts'
import type { Settings } from '../../../settings.ts'

const MINUTES = 10
/** Rounds of PBKDF2 for each try: what a graphics card gains over a phone is little. */
const ROUNDS = 1_000
/** The client tries one counter after the other up to this one. */
const LEAST_TRIES = 200
const MOST_TRIES = 600

/** The two keys that sign captchas, each for its own use. */
export const captchaKeys = ({ JWT_SECRET }: Settings) => {
  const keyFor = (use: string) => createHmac('sha256', JWT_SECRET).update(`captcha ${use}`).digest('hex')
  return { hmacSignatureSecret: keyFor('challenge'), hmacKeySignatureSecret: keyFor('solution') }
}

/** Makes a captcha. It is signed, and nothing of it is kept. */
export async function issueCaptcha({ settings, now }: Context): Promise<Captcha> {
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ROUNDS,
    counter: randomInt(LEAST_TRIES, MOST_TRIES),
    deriveKey,
    expiresAt: Math.floor(now().getTime() / 1000) + MINUTES * 60,
    ...captchaKeys(settings),
  })
  return CaptchaShape.parse(challenge)
}
