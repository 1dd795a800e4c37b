import { z } from 'zod'

export const Id = z.uuidv7()

/** Integer satang, 1/100 baht (spec/10). */
export const Money = z
  .object({ amount: z.int().min(-1e13).max(1e13), currency: z.literal('THB') })
  .meta({ id: 'Money' })
export type Money = z.infer<typeof Money>

/** RFC 3339 in UTC. */
export const Instant = z.iso.datetime()

export const LocalText = z.object({ th: z.string(), en: z.string() }).meta({ id: 'LocalText' })
export type LocalText = z.infer<typeof LocalText>

export const IdParams = z.strictObject({ id: Id })

/** `?limit` 1–100 and the opaque cursor of the page before. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
})

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const Nothing = z.null()

/** Turns satang into the wire's money. */
export const baht = (satang: number): Money => ({ amount: satang, currency: 'THB' })
