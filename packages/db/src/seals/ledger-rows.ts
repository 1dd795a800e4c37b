import { type SQL, sql } from 'drizzle-orm'
import { among } from '../among.ts'
import type { Queryable } from '../client.ts'
import { leafHash, merkleRoot } from './merkle-root.ts'
import { instantText } from './canonical.ts'

/** An entry as it is sealed. Its fields stand in the order of canonical JSON. */
export interface LedgerEntryRow {
  account: string
  /** Satang, debit positive. */
  amount: number
  eventId: string | null
  id: string
  lineId: string | null
  memo: string | null
  ownerId: string | null
  photoId: string | null
}

/** A posting with its entries. */
export interface LedgerRow {
  position: number
  id: string
  atMs: number
  /** What is hashed: canonical JSON of every field, and of the entries the root. */
  text: string
  leaf: Buffer
  kind: string
  sourceKind: string
  sourceId: string
  orderId: string | null
  entries: LedgerEntryRow[]
  /** By entry, in their order. */
  accountIds: string[]
}

/** Canonical JSON of an entry: ids, whole numbers and nulls under names in their order, as `JSON.stringify` writes them. */
export const entryText = ({ account, amount, eventId, id, lineId, memo, ownerId, photoId }: LedgerEntryRow): string =>
  JSON.stringify({ account, amount, eventId, id, lineId, memo, ownerId, photoId })

/** Hashes of a posting's entries: the leaves of a tree of their own, so that one is shown without the others. */
export const entryLeaves = (entries: readonly LedgerEntryRow[]): Buffer[] =>
  entries.map(entry => leafHash(entryText(entry)))

interface HeadRow extends Record<string, unknown> {
  position: string
  id: string
  kind: string
  sourceKind: string
  sourceId: string
  orderId: string | null
  eventId: string | null
  at: string
  ms: string
}

/** Postings as they are sealed: each with the root of the tree over its entries. */
export const ledgerRows = (db: Queryable, from: number, to: number, limit: number): Promise<LedgerRow[]> =>
  postingsWhere(db, sql`position between ${from} and ${to} order by position limit ${limit}`)

/** The same of these postings. */
export const ledgerRowsOf = (db: Queryable, ids: readonly string[]): Promise<LedgerRow[]> =>
  postingsWhere(db, among('id', ids))

async function postingsWhere(db: Queryable, condition: SQL): Promise<LedgerRow[]> {
  const { rows } = await db.execute<HeadRow>(sql`
    select position, id, kind, source_kind as "sourceKind", source_id as "sourceId", order_id as "orderId",
      event_id as "eventId", ${instantText('created_at')} as at, extract(epoch from created_at) * 1000 as ms
    from ledger_postings where ${condition}`)
  if (rows.length === 0) return []
  const entries = await entriesOf(
    db,
    rows.map(row => row.id),
  )
  return rows.map(row => {
    const { eventId, id, kind, orderId, sourceId, sourceKind, at, ms } = row
    const position = Number(row.position)
    const own = entries.get(id) ?? { entries: [], accountIds: [] }
    const entriesRoot = merkleRoot(entryLeaves(own.entries)).toString('hex')
    const text = JSON.stringify({ at, entriesRoot, eventId, id, kind, orderId, position, sourceId, sourceKind })
    return { position, id, atMs: Number(ms), text, leaf: leafHash(text), kind, sourceKind, sourceId, orderId, ...own }
  })
}

/** What an entry names of its account. */
type Account = Pick<LedgerEntryRow, 'account' | 'ownerId'>

interface EntryRow extends Omit<LedgerEntryRow, keyof Account>, Record<string, unknown> {
  postingId: string
  accountId: string
}

/** By posting, each in the order of the ids. */
async function entriesOf(db: Queryable, postingIds: readonly string[]) {
  const { rows } = await db.execute<EntryRow>(sql`
    select posting_id as "postingId", id, account_id as "accountId", amount, line_id as "lineId", photo_id as "photoId",
      event_id as "eventId", memo
    from ledger_entries where ${among('posting_id', postingIds)} order by id`)
  const accounts = await accountsOf(db, [...new Set(rows.map(row => row.accountId))])
  const found = new Map<string, Pick<LedgerRow, 'entries' | 'accountIds'>>()
  for (const { postingId, accountId, amount, eventId, id, lineId, memo, photoId } of rows) {
    const { account, ownerId } = accounts.get(accountId)!
    let own = found.get(postingId)
    if (!own) found.set(postingId, (own = { entries: [], accountIds: [] }))
    own.entries.push({ account, amount, eventId, id, lineId, memo, ownerId, photoId })
    own.accountIds.push(accountId)
  }
  return found
}

/** Entries of many postings name few accounts: each is read once, and not with each entry. */
async function accountsOf(db: Queryable, ids: readonly string[]): Promise<Map<string, Account>> {
  const { rows } = await db.execute<Account & { id: string } & Record<string, unknown>>(
    sql`select id, kind as account, owner_id as "ownerId" from ledger_accounts where ${among('id', ids)}`,
  )
  return new Map(rows.map(({ id, account, ownerId }) => [id, { account, ownerId }]))
}
