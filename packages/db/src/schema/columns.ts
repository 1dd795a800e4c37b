import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** UUIDv7 made in code: PostgreSQL 15 has no `uuidv7()`. */
export const id = () => uuid('id').primaryKey()

/** An instant in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const createdAt = () => instant('created_at').notNull().defaultNow()

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

declare const sealedMark: unique symbol
/** Made by `seal` alone, so that no clear text can be written into a sealed column. */
export type Sealed = Buffer & { [sealedMark]: true }

/** Encrypted by `packages/db/src/sealed`; the domain `sealed` (migrations) refuses bytes of another form. */
export const sealed = customType<{ data: Sealed }>({ dataType: () => 'sealed' })
