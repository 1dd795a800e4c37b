import { createHmac } from 'node:crypto'
import type { Context } from '../../../base/context.ts'

/**
 * Codes are short: a hash alone would be tried through in a moment, so that it needs a secret of the server. The row's id
 * makes equal codes differ.
 *
 * @returns by the present key first, then by those before it
 */
export const hashesOfCode = ({ settings }: Pick<Context, 'settings'>, id: string, code: string): string[] =>
  [settings.JWT_SECRET, ...settings.JWT_PREVIOUS_SECRETS].map(secret =>
    createHmac('sha256', secret).update(`sign-in code:${id}:${code}`).digest('hex'),
  )
