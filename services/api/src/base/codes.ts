import { createHmac, randomBytes, randomInt } from 'node:crypto'
import type { Context } from './context.ts'

/** Six digits for a letter. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/**
 * What is stored of a code. Codes are short: a plain hash would be tried through in a moment, so a secret of the server
 * goes in.
 *
 * @param of the id of what the code opens: equal codes of others have another hash
 * @returns by the present secret first, then by those before it
 */
export const hashesOfCode = ({ settings }: Pick<Context, 'settings'>, of: string, code: string): string[] =>
  [settings.JWT_SECRET, ...settings.JWT_PREVIOUS_SECRETS].map(secret =>
    createHmac('sha256', secret).update(`code:${of}:${code}`).digest('hex'),
  )

/** 32 bytes for the link of a letter; `hashToken` makes what is stored of it. */
export const newLinkToken = (): string => randomBytes(32).toString('base64url')
