import type { listUsers as contract, UserKind, UserLine } from '@pix/contracts/users.ts'
import { users } from '@pix/db/schema/auth.ts'
import { and, desc, eq, isNotNull, isNull, not, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../base/context.ts'
import { decodeCursor, encodeCursor, fromMicros, isId, isMicros, microsOf } from '../../base/cursor.ts'
import { standingColumns } from '../../base/standing.ts'
import { maskEmail } from '../../shop/orders/index.ts'

type Query = z.output<typeof contract.schema.querystring>

/** Columns that the list and the page of one user share. */
export const userColumns = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  isVerified: sql<boolean>`${users.emailVerifiedAt} is not null`,
  isSuspended: sql<boolean>`${users.suspendedAt} is not null`,
  createdAt: users.createdAt,
  ...standingColumns,
}

/** Accounts that fit the filters, newest first, by (createdAt, id). */
export async function listUsers(
  { db }: Pick<Context, 'db'>,
  { q, kind, suspended, cursor, limit }: Query,
): Promise<{ items: UserLine[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, ([at, id]) => (isMicros(at) && isId(id) ? { at, id } : null))
  const found = await db
    .select({ ...userColumns, micros: microsOf(users.createdAt) })
    .from(users)
    .where(
      and(
        isNull(users.deletedAt),
        q === undefined ? undefined : holds(q),
        kind === undefined ? undefined : isOfKind(kind),
        suspended && (suspended === 'true' ? isNotNull(users.suspendedAt) : isNull(users.suspendedAt)),
        after === null
          ? undefined
          : sql`(${users.createdAt}, ${users.id}) < (${fromMicros(after.at)}, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(limit + 1)
  const rows = found.slice(0, limit)
  const last = found.length > rows.length ? rows.at(-1) : undefined
  return {
    items: rows.map(toLine),
    nextCursor: last ? encodeCursor([last.micros, last.id]) : null,
  }
}

/** The address is whole on the user's own page. */
function toLine(row: Omit<UserLine, 'maskedEmail' | 'createdAt'> & { email: string; createdAt: Date }): UserLine {
  const { id, name, role, isVerified, isSuspended, memberships, isPhotographer, isOrganizer } = row
  return {
    id,
    name,
    role,
    isVerified,
    isSuspended,
    memberships,
    isPhotographer,
    isOrganizer,
    maskedEmail: maskEmail(row.email),
    createdAt: row.createdAt.toISOString(),
  }
}

/** A part of the name or of the address, in the form in which everything is looked for. */
const holds = (q: string): SQL =>
  sql`search_form(${users.name}) || ' ' || search_form(${users.email}) like '%' || escape_like(search_form(${q}::text)) || '%'`

const isMember = (roles: SQL) =>
  sql`exists (select 1 from studio_members m where m.user_id = ${users.id} and m.role in (${roles}))`
const takesPhotos = or(
  sql`exists (select 1 from event_photographers p where p.user_id = ${users.id})`,
  isMember(sql`'photographer'`),
)!
const worksForStudio = isMember(sql`'owner', 'manager', 'sales'`)
const runsEvents = sql`exists (select 1 from organizers o where o.user_id = ${users.id})`
const isAdmin = eq(users.role, 'platform_admin')

/** SQL: the account is of this kind; of several kinds it is in the list of each. A customer is nothing else. */
function isOfKind(kind: UserKind): SQL {
  const kinds: Record<UserKind, SQL> = {
    customer: and(not(isAdmin), not(takesPhotos), not(worksForStudio), not(runsEvents))!,
    photographer: takesPhotos,
    staff: worksForStudio,
    organizer: runsEvents,
    platform_admin: isAdmin,
  }
  return kinds[kind]
}
