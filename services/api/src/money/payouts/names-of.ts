import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { payeeKey, type PayeeKey } from '../../people/payees/index.ts'

interface Person {
  name: string
  /** Where letters go: to every owner of a studio. */
  emails: string[]
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
  const owners = await ownersOf(db, idsOf('studio'))
  return new Map<string, Person>([
    ...photographers.map(
      ({ id, name, email, deletedAt }) =>
        [key('photographer', id), { name, emails: deletedAt === null ? [email] : [] }] as const,
    ),
    ...runners.map(
      ({ id, name, email }) => [key('organizer', id), { name, emails: email === null ? [] : [email] }] as const,
    ),
    ...shops.map(({ id, name }) => [key('studio', id), { name, emails: owners.get(id) ?? [] }] as const),
  ])
}

/** The addresses of the owners of studios. */
async function ownersOf(db: Queryable, studioIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ id: studioMembers.studioId, email: users.email })
    .from(studioMembers)
    .innerJoin(users, and(eq(users.id, studioMembers.userId), isNull(users.suspendedAt)))
    .where(and(inArray(studioMembers.studioId, [...studioIds]), eq(studioMembers.role, 'owner')))
    .orderBy(asc(users.email))
  const owners = new Map<string, string[]>()
  for (const { id, email } of rows) owners.set(id, [...(owners.get(id) ?? []), email])
  return owners
}

/** What they are called. */
export const namesOf = async (db: Queryable, payees: readonly PayeeKey[]): Promise<Map<string, string>> =>
  new Map([...(await peopleOf(db, payees))].map(([payee, { name }]) => [payee, name]))
