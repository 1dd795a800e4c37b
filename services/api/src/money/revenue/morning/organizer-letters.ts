import { users } from '@pix/db/schema/auth.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { letterChoices, outgoingMail } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { and, asc, desc, eq, gt, gte, isNull, lt, notExists, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { letterLocale, stopToken, wantsLetter } from '../../../people/accounts/index.ts'
import { letterSpan, type Span } from './hours.ts'
import { shortList } from './morning-words.ts'
import { earned, isSale, soldFigures } from './sold-figures.ts'
import { AT_ONCE, writeToEach } from './write-to-each.ts'

/**
 * Writes the letters of a morning to organizers: one to each person whose events sold something since the morning
 * before, and who wants to know. Who has theirs is not asked about again.
 *
 * @returns how many were written
 */
export async function writeOrganizerLetters(ctx: Context): Promise<number> {
  const { day, ...span } = letterSpan(ctx.now())
  return writeToEach(
    after => readersWithout(ctx, day, span, after),
    reader => writeTo(ctx, reader, day, span),
  )
}

type Reader = Awaited<ReturnType<typeof readersWithout>>[number]

const postedIn = ({ since, until }: Span) =>
  and(
    eq(ledgerAccounts.kind, 'organizer_payable'),
    gte(ledgerPostings.createdAt, since),
    lt(ledgerPostings.createdAt, until),
  )

/**
 * What was posted for each person in a time: an organizer of the ledger has a user, and a user may be several
 * organizers.
 *
 * @param after the id of the last one who was asked about
 */
function readersWithout({ db }: Context, day: string, span: Span, after: string | undefined) {
  const theirs = eq(outgoingMail.dedupeKey, sql`${`organized:${day}:`} || ${users.id}`)
  return db
    .select({
      id: users.id,
      email: users.email,
      locale: letterLocale,
      ...soldFigures,
    })
    .from(ledgerPostings)
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(organizers, eq(organizers.id, ledgerAccounts.ownerId))
    .innerJoin(users, and(eq(users.id, organizers.userId), isNull(users.suspendedAt), isNull(users.deletedAt)))
    .leftJoin(letterChoices, eq(letterChoices.userId, users.id))
    .leftJoin(orders, eq(orders.id, ledgerPostings.orderId))
    .where(
      and(
        after === undefined ? undefined : gt(users.id, after),
        postedIn(span),
        wantsLetter('organized'),
        notExists(db.select().from(outgoingMail).where(theirs)),
      ),
    )
    .groupBy(users.id, letterChoices.userId)
    .having(gt(earned, 0))
    .orderBy(asc(users.id))
    .limit(AT_ONCE)
}

/** @returns whether a letter was written */
async function writeTo(ctx: Context, reader: Reader, day: string, span: Span): Promise<boolean> {
  const { id, email, locale, earned, refunded } = reader
  const letter = await queueLetter(ctx, ctx.db, {
    to: email,
    locale,
    storefront: null,
    dedupeKey: `organized:${day}:${id}`,
    template: 'organizer_morning',
    facts: {
      baht: formatMoney(earned),
      buyers: String(reader.buyers),
      photos: String(reader.photos),
      events: await eventsOf(ctx, id, locale, span),
      ...(refunded > 0 && { taken_back: formatMoney(refunded) }),
    },
    secrets: { stop: stopToken(ctx, { userId: id, choice: 'organized' }) },
    path: '/organizer/earnings',
  })
  if (letter !== null) await sendLetter(ctx, letter)
  return letter !== null
}

/** The events that sold most, each with the share that it brought. */
async function eventsOf({ db }: Context, userId: string, locale: 'th' | 'en', span: Span): Promise<string> {
  const rows = await db
    .select({ th: events.nameTh, en: events.nameEn, earned })
    .from(ledgerPostings)
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(organizers, and(eq(organizers.id, ledgerAccounts.ownerId), eq(organizers.userId, userId)))
    .innerJoin(events, eq(events.id, ledgerEntries.eventId))
    .where(and(postedIn(span), isSale))
    .groupBy(events.id)
    .orderBy(desc(earned), asc(events.id))
  return shortList(rows.map(row => `${row[locale]} (${formatMoney(row.earned)})`))
}
