import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../client.ts'
import { seals } from '../schema/seals.ts'
import { entryLeaves, entryText, ledgerRowsOf } from './ledger-rows.ts'
import { merklePath, type Sibling } from './merkle-root.ts'
import type { Seal } from './seal-root.ts'

/** What shows that an entry stands in a seal, and nothing of the posting's other entries. */
export interface EntryProof {
  entry: string
  entryPath: Sibling[]
  posting: string
  postingPath: Sibling[]
  seal: number
}

/**
 * The paths from entries to the roots of their seals.
 *
 * @param postingIds of the entries
 * @returns by entry; those that are not sealed yet are left out. The seals are those that they stand in
 */
export async function proveEntries(
  db: Queryable,
  postingIds: readonly string[],
): Promise<{ proofs: Map<string, EntryProof>; seals: Seal[] }> {
  const proofs = new Map<string, EntryProof>()
  if (postingIds.length === 0) return { proofs, seals: [] }
  const postings = await ledgerRowsOf(db, postingIds)
  const positions = postings.map(posting => posting.position)
  const covers: SQL = sql`exists (
    select from unnest(${sql.param(positions)}::bigint[]) p
    where p between ${seals.firstPosition} and ${seals.lastPosition})`
  const found = await db
    .select()
    .from(seals)
    .where(sql`${seals.kind} = 'ledger' and ${covers}`)
    .orderBy(seals.number)
  for (const seal of found) {
    const leaves = seal.positions.map((_, at) => seal.leaves.subarray(32 * at, 32 * (at + 1)))
    for (const posting of postings) {
      const at = seal.positions.indexOf(posting.position)
      if (at === -1) continue
      const postingPath = merklePath(leaves, at)
      const own = entryLeaves(posting.entries)
      for (const [place, entry] of posting.entries.entries())
        proofs.set(entry.id, {
          entry: entryText(entry),
          entryPath: merklePath(own, place),
          posting: posting.text,
          postingPath,
          seal: seal.number,
        })
    }
  }
  return { proofs, seals: found }
}
