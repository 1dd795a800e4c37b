import { differences } from '@pix/db/schema/reconciliation.ts'
import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

type Row = typeof differences.$inferSelect

/** What a comparison found. */
export type Found = Pick<Row, 'kind' | 'subject' | 'day' | 'facts'>

/** What one comparison finds and cannot know: its end decides by it which differences are over. */
export interface Findings {
  keys: Set<string>
  /** Subjects that no gateway answered about: their differences stay as they are. */
  unknown: Set<string>
  /** Kinds of which more rows exist than were read: no difference of theirs is known to be over. */
  cut: Set<Row['kind']>
}

export const newFindings = (): Findings => ({ keys: new Set(), unknown: new Set(), cut: new Set() })

const keyOf = ({ kind, subject }: Pick<Row, 'kind' | 'subject'>): string => `${kind} ${subject}`

/** Opens a difference, or notes that it is still there. One that a person ended stays ended while its facts are the same. */
export async function noteDifference(
  { db, now, newId }: Pick<Context, 'db' | 'now' | 'newId'>,
  findings: Findings,
  found: Found,
): Promise<void> {
  const { kind, subject, facts } = found
  findings.keys.add(keyOf(found))
  const isIt = and(eq(differences.kind, kind), eq(differences.subject, subject))
  const [last] = await db.select().from(differences).where(isIt).orderBy(desc(differences.openedAt)).limit(1)
  if (last?.ended === 'by_hand' && sameFacts(last.facts, facts)) return
  const at = now()
  await db
    .insert(differences)
    .values({ id: newId(), ...found, openedAt: at, seenAt: at })
    .onConflictDoUpdate({
      target: [differences.kind, differences.subject],
      targetWhere: isNull(differences.endedAt),
      set: { facts, seenAt: at },
    })
}

const sameFacts = (a: Row['facts'], b: Row['facts']): boolean => {
  const inOrder = (facts: Row['facts']) => JSON.stringify(Object.entries(facts).toSorted())
  return inOrder(a) === inOrder(b)
}

/** Ends the open differences of these days that were not found any more, and about which everybody answered. */
export async function endOthers(
  { db, now }: Pick<Context, 'db' | 'now'>,
  findings: Findings,
  days: readonly string[],
): Promise<void> {
  const open = await db
    .select()
    .from(differences)
    .where(and(isNull(differences.endedAt), inArray(differences.day, [...days])))
  const { keys, unknown, cut } = findings
  const over = open.filter(row => !keys.has(keyOf(row)) && !unknown.has(row.subject) && !cut.has(row.kind))
  if (over.length === 0) return
  const ids = over.map(({ id }) => id)
  await db
    .update(differences)
    .set({ ended: 'agrees', endedAt: now() })
    .where(and(inArray(differences.id, ids), isNull(differences.endedAt)))
}
