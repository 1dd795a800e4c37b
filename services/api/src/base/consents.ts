import { createHash } from 'node:crypto'
import { type ConsentWording, wordingText } from '@pix/contracts/consent-wordings.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { consents, consentWordings } from '@pix/db/schema/consents.ts'
import { and, eq, inArray, isNull, notExists, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Buyer } from './caller.ts'
import type { BuyerContext, Context, Joining } from './context.ts'

/**
 * Records that the person of this browser agreed to a wording, and keeps the wording's text with the first who did.
 *
 * @returns the ledger line's id
 */
export async function grantConsent(
  { db, now, newId, buyer }: Joining<BuyerContext>,
  wording: ConsentWording,
  eventId: string | null,
): Promise<string> {
  const { purpose, locale, id: version } = wording
  const text = wordingText(wording)
  const hash = createHash('sha256').update(text).digest('hex')
  const kept = db
    .$with('kept')
    .as(
      db
        .insert(consentWordings)
        .values({ hash, purpose, version, locale, text, createdAt: now() })
        .onConflictDoNothing({ target: consentWordings.hash })
        .returning({ hash: consentWordings.hash }),
    )
  const id = newId()
  const by = { sessionId: buyer.sessionId, userId: buyer.userId }
  const line = { id, ...by, eventId, purpose, version, wordingHash: hash, createdAt: now() }
  await db.with(kept).insert(consents).values(line)
  return id
}

/** SQL: lines of this buyer, that is, of their account, and of this browser while nobody was signed in. */
export const consentsOf = (buyer: Pick<Buyer, 'sessionId' | 'userId'>): SQL => {
  const here = and(eq(consents.sessionId, buyer.sessionId), isNull(consents.userId))!
  return buyer.userId === null ? here : or(here, eq(consents.userId, buyer.userId))!
}

/** SQL: nobody has taken the grant back. */
export function isStanding(db: Joining<Context>['db']): SQL {
  const later = alias(consents, 'later')
  const withdrawal = db
    .select({ one: sql`1` })
    .from(later)
    .where(eq(later.withdraws, consents.id))
  return and(eq(consents.act, 'granted'), notExists(withdrawal))!
}

/**
 * Takes back grants, each by a line of its own, as part of a transaction. A grant that was taken back before stays as it
 * is.
 */
export async function withdrawConsents(
  { db, now, newId, buyer }: Omit<Joining<Context>, 'buyer'> & { buyer: Pick<Buyer, 'sessionId' | 'userId'> },
  grantIds: readonly string[],
): Promise<void> {
  if (grantIds.length === 0) return
  const grants = await db
    .select()
    .from(consents)
    .where(and(inArray(consents.id, [...grantIds]), isStanding(db)))
  if (grants.length === 0) return
  const lines = grants.map(({ id: withdraws, purpose, version, eventId }) => ({
    id: newId(),
    act: 'withdrawn' as const,
    withdraws,
    purpose,
    version,
    eventId,
    sessionId: buyer.sessionId,
    userId: buyer.userId,
    createdAt: now(),
  }))
  await db.insert(consents).values(lines).onConflictDoNothing({ target: consents.withdraws })
  await logDeletions(
    { db, now },
    grants.map(({ id }) => ({ kind: 'consent', consentId: id })),
  )
}

/**
 * Takes back grants where there is no browser, as behind the link of a letter: the lines name the one in which they were
 * given.
 */
export async function withdrawWhereGiven(ctx: Joining<Context>, grantIds: readonly string[]): Promise<void> {
  const grants = await ctx.db
    .select({ id: consents.id, sessionId: consents.sessionId, userId: consents.userId })
    .from(consents)
    .where(inArray(consents.id, [...grantIds]))
  for (const { id, ...buyer } of grants) await withdrawConsents({ ...ctx, buyer }, [id])
}
