import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { takedownRequests } from '@pix/db/schema/takedowns.ts'
import { inArray, sql } from 'drizzle-orm'

/** Every table whose rows have an id and name an e-mail address of a person, with that address in lower case. */
const NAMING = [
  { table: users, address: sql<string>`${users.email}` },
  { table: orders, address: sql<string>`${orders.buyerEmail}` },
  { table: eventAlerts, address: sql<string | null>`${eventAlerts.email}` },
  { table: studioInvitations, address: sql<string>`${studioInvitations.email}` },
  { table: takedownRequests, address: sql<string | null>`lower(${takedownRequests.email})` },
  { table: outgoingMail, address: sql<string>`lower(${outgoingMail.recipient})` },
  { table: objections, address: sql<string | null>`lower(${objections.email})` },
] as const

/** By these rows the deletion log finds an address again that it must not hold itself. @param email in lower case */
export async function rowsNaming(db: Queryable, email: string): Promise<string[]> {
  const ids: string[] = []
  for (const { table, address } of NAMING) {
    const rows = await db
      .select({ id: table.id })
      .from(table)
      .where(sql`${address} = ${email}`)
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}

/** The addresses that those of the rows name which are there. Addresses that were deleted are none. */
export async function addressesNamedBy(db: Queryable, rowIds: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const { table, address } of NAMING) {
    const rows = await db
      .selectDistinct({ email: address })
      .from(table)
      .where(inArray(table.id, [...rowIds]))
    for (const { email } of rows) if (email !== null && !email.endsWith('@deleted.invalid')) found.add(email)
  }
  return [...found]
}
