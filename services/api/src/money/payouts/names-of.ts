import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { eq, inArray } from 'drizzle-orm'
import { payeeKey, type PayeeKey } from '../../people/payees/index.ts'

interface Person {
  name: string
  /** Where letters go; null where nobody reads any. */
  email: string | null
}

const key = (party: PayeeKey['party'], ownerId: string) => payeeKey({ party, ownerId })

/** Who payees are. */
export async function peopleOf(db: Queryable, payees: readonly PayeeKey[]): Promise<Map<string, Person>> {
  const idsOf = (party: PayeeKey['party']) =>
    payees.filter(payee => payee.party === party).map(({ ownerId }) => ownerId)
  const photographers = await db
    .select({ id: users.id, name: users.name, email: users.email, deletedAt: users.deletedAt })
    .from(users)
    .where(inArray(users.id, idsOf('photographer')))
  const runners = await db
    .select({ id: organizers.id, name: organizers.name, email: users.email })
    .from(organizers)
    .leftJoin(users, eq(users.id, organizers.userId))
    .where(inArray(organizers.id, idsOf('organizer')))
  const shops = await db
    .select({ id: studios.id, name: studios.nameTh })
    .from(studios)
    .where(inArray(studios.id, idsOf('studio')))
  return new Map<string, Person>([
    ...photographers.map(
      ({ id, name, email, deletedAt }) =>
        [key('photographer', id), { name, email: deletedAt === null ? email : null }] as const,
    ),
    ...runners.map(({ id, name, email }) => [key('organizer', id), { name, email }] as const),
    ...shops.map(({ id, name }) => [key('studio', id), { name, email: null }] as const),
  ])
}

/** What they are called. */
export const namesOf = async (db: Queryable, payees: readonly PayeeKey[]): Promise<Map<string, string>> =>
  new Map([...(await peopleOf(db, payees))].map(([payee, { name }]) => [payee, name]))
