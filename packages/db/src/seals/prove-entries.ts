import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../client.ts'
import { seals } from '../schema/seals.ts'
import { entryLeaves, entryText, ledgerRowsOf } from './ledger-rows.ts'
import { merklePaths, type Sibling } from './merkle-root.ts'
import type { Seal } from './seal-root.ts'

/** Shows that an entry stands in a seal, and nothing of the posting's other entries. */
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
 * @returns proofs by entry, without entries that are not sealed yet; and the seals in which the others stand
 */
export async function proveEntries(
  db: Queryable,
  postingIds: readonly string[],
): Promise<{ proofs: Map<string, EntryProof>; seals: Seal[] }> {
  const proofs = new Map<string, EntryProof>()
  if (postingIds.length === 0) return { proofs, seals: [] }
  const postings = await ledgerRowsOf(db, postingIds)
  const found = await db
    .select()
    .from(seals)
    .where(sql`${seals.kind} = 'ledger' and ${seals.number} in ${sealNumbers(postings.map(one => one.position))}`)
    .orderBy(seals.number)
  const byPosition = new Map(postings.map(posting => [posting.position, posting]))
  for (const seal of found) {
    const pathOf = merklePaths(seal.positions.map((_, at) => seal.leaves.subarray(32 * at, 32 * (at + 1))))
    for (const [at, position] of seal.positions.entries()) {
      const posting = byPosition.get(position)
      if (!posting) continue
      const postingPath = pathOf(at)
      const entryPathOf = merklePaths(entryLeaves(posting.entries))
      for (const [place, entry] of posting.entries.entries())
        proofs.set(entry.id, {
          entry: entryText(entry),
          entryPath: entryPathOf(place),
          posting: posting.text,
          postingPath,
          seal: seal.number,
        })
    }
  }
  return { proofs, seals: found }
}

/** The numbers of the seals that cover positions: one step in the index for each position, however many seals there are. */
const sealNumbers = (positions: readonly number[]): SQL => sql`(
  select covering.number
  from unnest(${sql.param(positions)}::bigint[]) p
  cross join lateral (
    select s.number, s.first_position
    from ${seals} s
    where s.kind = 'ledger' and s.last_position >= p
    order by s.last_position
    limit 1
  ) covering
  where covering.first_position <= p)`
