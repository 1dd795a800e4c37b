import { CaptchaProof } from '@pix/contracts/captcha.ts'
import { verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { captchaKeys } from './issue-captcha.ts'

/**
 * Refuses a request that brings no solved captcha of ours, or one that was used before. This uses it up.
 *
 * @param header the header `X-Captcha`
 * @throws Problem `captcha_needed` without one, `captcha_refused` for one that is wrong, forged, used or too old
 */
export async function refuseWithoutCaptcha(ctx: Context, header: string | undefined): Promise<void> {
  if (ctx.settings.CAPTCHA === 'off') return
  if (header === undefined) throw new Problem('captcha_needed')
  const proof = parse(header)
  if (!proof || !(await isSolved(ctx, proof)) || !(await useUp(ctx, proof))) throw new Problem('captcha_refused')
}

function parse(header: string): CaptchaProof | null {
  try {
    return CaptchaProof.parse(JSON.parse(Buffer.from(header, 'base64').toString('utf8')))
  } catch {
    return null
  }
}

const secondsLeft = ({ now }: Context, { challenge }: CaptchaProof): number =>
  challenge.parameters.expiresAt - now().getTime() / 1000

async function isSolved(ctx: Context, proof: CaptchaProof): Promise<boolean> {
  if (secondsLeft(ctx, proof) <= 0) return false
  const { challenge, solution } = proof
  const keys = captchaKeys(ctx.settings)
  return (await verifySolution({ challenge, solution: { ...solution, time: 0 }, deriveKey, ...keys })).verified
}

/**
 * Redis remembers it until it is too old. While Redis is away a solution may be used again: the limits of requests and of
 * letters hold all the same, and nobody is kept from signing in.
 *
 * @returns false when it was used before
 */
async function useUp(ctx: Context, proof: CaptchaProof): Promise<boolean> {
  const seconds = Math.ceil(secondsLeft(ctx, proof))
  try {
    return (await ctx.redis.set(`captcha:${proof.challenge.signature}`, '1', 'EX', seconds, 'NX')) !== null
  } catch (error) {
    ctx.log.warn({ err: error }, 'a captcha was taken without asking whether it was used')
    return true
  }
}
