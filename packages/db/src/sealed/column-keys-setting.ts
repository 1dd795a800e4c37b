import { z } from 'zod'
import { type ColumnKeys, parseColumnKeys, weaknessOfColumnKeys } from './column-keys.ts'

/** `COLUMN_KEYS` of the environment: `id:base64` of 32 bytes each, comma-separated, the present key first. */
export const ColumnKeysSetting = z.string().transform((text, context) => {
  try {
    return parseColumnKeys(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

/** Refuses, in production, keys that are no random ones. */
export function refuseWeakColumnKeys(
  { MODE, COLUMN_KEYS }: { MODE: string; COLUMN_KEYS: ColumnKeys },
  context: z.RefinementCtx,
): void {
  const weakness = MODE === 'production' ? weaknessOfColumnKeys(COLUMN_KEYS) : null
  if (weakness !== null) context.addIssue({ code: 'custom', path: ['COLUMN_KEYS'], message: weakness })
}
