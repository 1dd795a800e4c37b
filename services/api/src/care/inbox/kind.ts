import type { InboxKind, InboxLine } from '@pix/contracts/inbox.ts'
import type { Queryable, Tx } from '@pix/db/client.ts'
import type { SQL } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

/** What a line of one kind says: what happened. */
type AboutOf<K extends InboxKind> = Extract<InboxLine, { kind: K }>['about']

/** A kind of lines: the open rows of one feature. A new kind is one of these, named in `kinds.ts`. */
export interface Kind<K extends InboxKind = InboxKind> {
  /** The select of its open rows: their `id`, and `since` when they are open. Lists read it in the order of `since`. */
  open: (db: Queryable) => { getSQL: () => SQL }
  /** What happened, by row; rows that are gone are left out. */
  describe: (db: Queryable, ids: readonly string[]) => Promise<Map<string, AboutOf<K>>>
  /** Closes the row of a line that is left as it is, where the feature keeps that itself. */
  leave?: (ctx: Pick<Context, 'now'>, tx: Tx, id: string) => Promise<void>
}
