import { type Captcha, captchaHeader } from '@pix/contracts/captcha.ts'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { TestApp } from './test-app.ts'

/** Solves a captcha as a browser does. @returns the header that brings the solution */
export async function solve(challenge: Captcha): Promise<Record<string, string>> {
  const solution = await solveChallenge({ challenge, deriveKey })
  if (!solution) throw new Error('the captcha has no solution')
  return captchaHeader({ challenge, solution })
}

/** Asks the app for a captcha. */
export const askCaptcha = async (t: TestApp): Promise<Captcha> =>
  (await t.app.inject({ url: '/api/auth/captcha' })).json<Captcha>()

/** A fresh captcha, solved. @returns the header that brings the solution */
export const solvedCaptcha = async (t: TestApp): Promise<Record<string, string>> => solve(await askCaptcha(t))
