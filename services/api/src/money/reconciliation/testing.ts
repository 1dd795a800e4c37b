import { differences } from '@pix/db/schema/reconciliation.ts'
import type { TestApp } from '../../testing/test-app.ts'

/** A difference that is open: a row only. @returns its id */
export async function addDifference({ db, deps }: TestApp): Promise<string> {
  const [id, at] = [deps.newId(), deps.now()]
  const seen = { openedAt: at, seenAt: at, day: at.toISOString().slice(0, 10) }
  await db
    .insert(differences)
    .values({ id, kind: 'charge_without_receipt', subject: `paynoi:${id}`, facts: {}, ...seen })
  return id
}
