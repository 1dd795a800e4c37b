import { z } from 'zod'
import { Id, Instant } from './common.ts'

/** Who takes care of a line. */
export const Taken = z.object({ by: z.object({ id: Id, name: z.string() }), at: Instant }).meta({ id: 'InboxTaken' })

/** What every line of the inbox has, whatever it is about. */
export const Line = z.object({
  /** The feature's open row. */
  id: Id,
  /** Since when it needs a person. */
  since: Instant,
  taken: Taken.nullable(),
})
