import { createHmac, randomBytes, randomInt } from 'node:crypto'
import type { Context } from './context.ts'

/** Six digits for a letter. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/**
 * What is stored of a code. All codes of a few digits can be tried against a plain hash in a moment, so the hash is
 * keyed with a secret of the server.
 *
 * @param of the id of what the code opens: the same code of another one has another hash
 * @returns the hash by the present secret first, then those by earlier secrets
 */
export const hashesOfCode = ({ settings }: Pick<Context, 'settings'>, of: string, code: string): string[] =>
  [settings.JWT_SECRET, ...settings.JWT_PREVIOUS_SECRETS].map(secret =>
    createHmac('sha256', secret).update(`code:${of}:${code}`).digest('hex'),
  )

/** 32 bytes for the link of a letter; `hashToken` makes what is stored of it. */
export const newLinkToken = (): string => randomBytes(32).toString('base64url')
