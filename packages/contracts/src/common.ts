import { z } from 'zod'

export const Id = z.uuidv7()

/** Integer satang, 1/100 baht (spec/10). */
export const Money = z
  .object({ amount: z.int().min(-1e13).max(1e13), currency: z.literal('THB') })
  .meta({ id: 'Money' })
export type Money = z.infer<typeof Money>

/** Money that came, as somebody says it: more than nothing. */
export const MoneyThatCame = z.strictObject({ amount: z.int().min(1).max(1e13), currency: z.literal('THB') })

/** Dates of PostgreSQL begin with the year 1. */
const hasYear = (text: string) => !text.startsWith('0000')

/** RFC 3339 in UTC. */
export const Instant = z.iso.datetime().refine(hasYear, 'is in no year of the calendar')

/** `YYYY-MM-DD`. */
export const Day = z.iso.date().refine(hasYear, 'is in no year of the calendar')

/**
 * An instant at which something of ours happens. It is far enough from the ends of time to add or subtract some days.
 */
export const OurInstant = Instant.refine(text => /^(19[7-9]|2\d\d)\d-/.test(text), 'is not between 1970 and 2999')

/** Text that can be kept: no U+0000, no half of a surrogate pair. Give it a length where it is used. */
export const Text = z.string().regex(/^[^\0\p{Cs}]*$/u, 'has characters that cannot be kept')

/** Why somebody decided as they did, in their own words. */
export const Reason = Text.trim().min(1).max(500)

export const LocalText = z.object({ th: z.string(), en: z.string() }).meta({ id: 'LocalText' })
export type LocalText = z.infer<typeof LocalText>

/** An event, as what belongs to it names it. */
export const EventLink = z.object({ id: Id, slug: z.string(), name: LocalText }).meta({ id: 'EventLink' })
export type EventLink = z.infer<typeof EventLink>

/** The name of a picture in its address: `<id>.jpg`. */
export const PictureFile = z
  .string()
  .regex(/^[0-9a-f-]{36}\.jpg$/)
  .max(40)

export const IdParams = z.strictObject({ id: Id })

/** `?limit` 1–100 and the opaque cursor of the page before. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: Text.max(200).optional(),
})

/**
 * Which studio a list of the console is about. Where it is left out, a list is about the first studio that the caller
 * manages, for a platform admin about all. Another studio is refused like one that does not exist.
 */
export const studioQuery = { studio: Id.optional() }

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const Nothing = z.null()

/** Turns satang into the wire's money. */
export const baht = (satang: number): Money => ({ amount: satang, currency: 'THB' })
