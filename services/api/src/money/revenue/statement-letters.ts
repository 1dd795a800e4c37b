import { users } from '@pix/db/schema/auth.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import type { Deps } from '../../base/deps.ts'
import { queueLetter, sendLetter } from '../../base/letters.ts'

/** A person who waits on the page takes the file within this time, and needs no letter. */
const WAITS_MS = 60_000
const AT_ONCE = 50

/** Writes a letter that a statement is ready, unless its file was taken from the page. */
export async function sendStatementLetters(ctx: Context): Promise<void> {
  const due = and(
    eq(statementFiles.state, 'ready'),
    isNull(statementFiles.takenAt),
    isNull(statementFiles.notifiedAt),
    lt(statementFiles.readyAt, new Date(ctx.now().getTime() - WAITS_MS)),
  )
  const letters = await ctx.db.transaction(async tx => {
    const found = await tx
      .select({ row: statementFiles, email: users.email })
      .from(statementFiles)
      .innerJoin(users, and(eq(users.id, statementFiles.userId), isNull(users.suspendedAt)))
      .where(due)
      .limit(AT_ONCE)
      .for('update', { of: statementFiles, skipLocked: true })
    const written = []
    for (const { row, email } of found) {
      await tx.update(statementFiles).set({ notifiedAt: ctx.now() }).where(eq(statementFiles.id, row.id))
      const { party, ownerId, fromDay, toDay, locale } = row
      written.push(
        await queueLetter(ctx, tx, {
          template: 'statement_ready',
          to: email,
          locale,
          storefront: null,
          facts: { from: dayOf(fromDay, locale), to: dayOf(toDay, locale) },
          secrets: {},
          path:
            party === 'studio' ? `/admin/payouts?studio=${ownerId}` : `/${party}/earnings?month=${fromDay.slice(0, 7)}`,
          dedupeKey: `statement_ready:${row.id}:${row.readyAt?.toISOString()}`,
        }),
      )
    }
    return written
  })
  for (const letter of letters) if (letter !== null) await sendLetter(ctx, letter)
}

const dayOf = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === 'th' ? 'th-TH' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** Starts the sweep of these letters. */
export const startStatementLetters = (deps: Deps): Repeated[] => [
  repeat(deps.log, 'statement_letters', 15_000, () => sendStatementLetters(asSystem(deps))),
]
