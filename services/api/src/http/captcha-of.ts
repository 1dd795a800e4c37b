import { CAPTCHA_HEADER } from '@pix/contracts/captcha.ts'
import type { FastifyRequest } from 'fastify'

/** The solved captcha that a request brings, as it is written. */
export function captchaOf({ headers }: FastifyRequest): string | undefined {
  const header = headers[CAPTCHA_HEADER]
  return typeof header === 'string' ? header : undefined
}
