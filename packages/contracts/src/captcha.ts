import { z } from 'zod'
import type { Contract } from './contract.ts'

const Hex = z
  .string()
  .regex(/^[0-9a-f]+$/)
  .max(128)

/** Work for the client, as altcha-lib makes it: the server has signed it, and keeps nothing of it. */
export const Captcha = z
  .object({
    parameters: z.object({
      algorithm: z.string().max(20),
      cost: z.int().min(1),
      /** Seconds since 1970. */
      expiresAt: z.int().min(1),
      keyLength: z.int().min(1).max(64),
      keyPrefix: Hex,
      keySignature: Hex,
      nonce: Hex,
      salt: Hex,
    }),
    signature: Hex,
  })
  .meta({ id: 'Captcha' })
export type Captcha = z.infer<typeof Captcha>

/** What the header `X-Captcha` carries, as JSON in base64: the captcha and its solution. */
export const CaptchaProof = z.object({
  challenge: Captcha,
  solution: z.object({ counter: z.int().min(0), derivedKey: Hex }),
})
export type CaptchaProof = z.infer<typeof CaptchaProof>

/** The header of requests that need a solved captcha: those whose contract says `captcha`. */
export const CAPTCHA_HEADER = 'x-captcha'

/** How a client writes the header. */
export const captchaHeader = (proof: CaptchaProof): Record<string, string> => ({
  [CAPTCHA_HEADER]: btoa(JSON.stringify(proof)),
})

export const readCaptcha = {
  method: 'GET',
  url: '/auth/captcha',
  config: { access: 'public' },
  schema: {
    summary: 'A captcha: work of some tenths of a second for a computer. Its solution is good once, within ten minutes',
    tags: ['auth'],
    response: { 200: Captcha },
  },
} as const satisfies Contract
