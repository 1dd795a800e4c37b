import { refreshTokens, sessions, users } from '@pix/db/schema/auth.ts'
import { and, eq, exists, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '@pix/db/client.ts'

/**
 * A join from a session to its user. It holds while a refresh token of the sign-in is good and the account is not
 * suspended. So whatever ends the sign-in, wherever that is done, also ends what the session's cookie may have.
 */
export const isSignedIn = (db: Queryable, at: Date): SQL => {
  const good = and(
    eq(refreshTokens.familyId, sessions.familyId),
    eq(refreshTokens.userId, users.id),
    isNull(refreshTokens.revokedAt),
    gt(refreshTokens.expiresAt, at),
  )
  const token = db
    .select({ one: sql`1` })
    .from(refreshTokens)
    .where(good)
  return and(eq(users.id, sessions.userId), isNull(users.suspendedAt), exists(token))!
}

/** SQL on a row of `users`: the e-mail address whose mail the user is known to read; null while that is not shown. */
export const verifiedEmail = (): SQL<string | null> =>
  sql<string | null>`case when ${users.emailVerifiedAt} is not null then ${users.email} end`
