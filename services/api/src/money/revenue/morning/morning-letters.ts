import type { PhotographerMorning } from '@pix/contracts/photographer-morning.ts'
import { users } from '@pix/db/schema/auth.ts'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { letterChoices, outgoingMail } from '@pix/db/schema/letters.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import { and, asc, eq, gt, gte, inArray, isNull, lt, notExists, or, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import type { Deps } from '../../../base/deps.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { letterLocale, stopToken, wantsLetter } from '../../../people/accounts/index.ts'
import { isCameraRefusalIn } from './cameras-of.ts'
import { letterSpan, type Span } from './hours.ts'
import { cameraFacts, morningFacts, refusedFacts } from './morning-words.ts'
import { writeOrganizerLetters } from './organizer-letters.ts'
import { isRefusedIn, readMorning } from './read-morning.ts'
import { AT_ONCE, writeToEach } from './write-to-each.ts'

interface Reader {
  id: string
  email: string
  locale: 'th' | 'en'
  wantsSold: boolean
  wantsRefused: boolean
}

/**
 * Writes the letters of a morning, from 07:00 in Bangkok on: one to each photographer who sold something since the
 * morning before, or whose photos or files of cameras were refused, and who wants to know. Who has theirs is not asked
 * about again.
 *
 * @returns how many were written
 */
export async function writeMorningLetters(ctx: Context): Promise<number> {
  const { day, ...span } = letterSpan(ctx.now())
  return writeToEach(
    after => readersWithout(ctx, day, span, after),
    reader => writeTo(ctx, reader, day, span),
  )
}

const keyOf = (day: string) => sql`${`morning:${day}:`} || ${users.id}`

/** @param after the id of the last one who was asked about */
function readersWithout(ctx: Context, day: string, span: Span, after: string | undefined): Promise<Reader[]> {
  const { db } = ctx
  const [wantsSold, wantsRefused] = [wantsLetter('morning'), wantsLetter('refused')]
  return db
    .select({ id: users.id, email: users.email, locale: letterLocale, wantsSold, wantsRefused })
    .from(users)
    .leftJoin(letterChoices, eq(letterChoices.userId, users.id))
    .where(
      and(
        after === undefined ? undefined : gt(users.id, after),
        isNull(users.suspendedAt),
        isNull(users.deletedAt),
        or(
          and(wantsSold, inArray(users.id, sellersIn(ctx, span))),
          and(wantsRefused, inArray(users.id, refusedIn(ctx, span))),
          and(wantsRefused, inArray(users.id, camerasIn(ctx, span))),
        ),
        notExists(
          db
            .select()
            .from(outgoingMail)
            .where(eq(outgoingMail.dedupeKey, keyOf(day))),
        ),
      ),
    )
    .orderBy(asc(users.id))
    .limit(AT_ONCE)
}

/** Who sold something in a time. */
const sellersIn = ({ db }: Context, { since, until }: Span) =>
  db
    .select({ id: ledgerAccounts.ownerId })
    .from(ledgerPostings)
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(
      and(
        eq(ledgerPostings.kind, 'sale'),
        eq(ledgerAccounts.kind, 'photographer_payable'),
        gte(ledgerPostings.createdAt, since),
        lt(ledgerPostings.createdAt, until),
      ),
    )

/** Whose photos were refused in it. */
const refusedIn = ({ db }: Context, span: Span) =>
  db.select({ id: photos.photographerId }).from(photos).where(isRefusedIn(span))

/** Whose cameras sent files in it that were refused. */
const camerasIn = ({ db }: Context, span: Span) =>
  db
    .select({ id: cameraLogins.photographerId })
    .from(cameraFiles)
    .innerJoin(cameraLogins, eq(cameraLogins.id, cameraFiles.loginId))
    .where(isCameraRefusalIn(span))

/** @returns whether a letter was written */
async function writeTo(ctx: Context, reader: Reader, day: string, span: Span): Promise<boolean> {
  const letter = await queueMorning(ctx, reader, `morning:${day}:${reader.id}`, await readMorning(ctx, reader.id, span))
  if (letter !== null) await sendLetter(ctx, letter)
  return letter !== null
}

async function queueMorning(
  ctx: Context,
  { id, email, locale, wantsSold, wantsRefused }: Reader,
  dedupeKey: string,
  morning: Omit<PhotographerMorning, 'since'>,
): Promise<string | null> {
  const refused = wantsRefused ? morning.refused : { photos: 0, latest: [] }
  const cameras = wantsRefused ? morning.cameras : { refused: 0, latest: [] }
  const to = { to: email, locale, storefront: null, dedupeKey }
  const stop = (choice: 'morning' | 'refused') => ({ stop: stopToken(ctx, { userId: id, choice }) })
  if (wantsSold && morning.sold.earned.amount > 0)
    return queueLetter(ctx, ctx.db, {
      ...to,
      template: 'photographer_morning',
      facts: morningFacts({ ...morning, refused, cameras }, locale),
      secrets: stop('morning'),
      path: '/photographer',
    })
  const files = cameras.refused > 0 ? cameraFacts(cameras) : null
  if (refused.photos > 0)
    return queueLetter(ctx, ctx.db, {
      ...to,
      template: 'photos_refused',
      facts: { ...refusedFacts(refused), ...files },
      secrets: stop('refused'),
      path: pathTo(refused, 'photos?show=rejected'),
    })
  // The last refused photo may have been deleted since its photographer was found.
  if (files === null) return null
  return queueLetter(ctx, ctx.db, {
    ...to,
    template: 'camera_files_refused',
    facts: files,
    secrets: stop('refused'),
    path: pathTo(cameras, 'cameras'),
  })
}

/** What was refused itself, where it is of one event. */
function pathTo({ latest }: { latest: readonly { event: { id: string } }[] }, page: string): string {
  const ids = new Set(latest.map(({ event }) => event.id))
  return ids.size === 1 ? `/photographer/events/${[...ids][0]}/${page}` : '/photographer'
}

/** Starts the sweep of these letters. A day whose letters are all written is not read again. */
export function startMorningLetters(deps: Deps): Repeated[] {
  let done = ''
  const sweep = async () => {
    const { day } = letterSpan(deps.now())
    if (day === done) return
    await writeMorningLetters(asSystem(deps))
    await writeOrganizerLetters(asSystem(deps))
    done = day
  }
  return [repeat(deps.log, 'morning_letters', 60_000, sweep)]
}
