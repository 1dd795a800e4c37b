import type { Tx } from '@pix/db/client.ts'
import type { Deletion, LoggedDeletion } from '@pix/db/deletion.ts'
import { deletions } from '@pix/db/schema/deletions.ts'
import { recordAudit } from '../../../base/audit.ts'
import type { Context } from '../../../base/context.ts'
import { deleteTakenDown } from '../../takedowns/index.ts'
import { deleteFilesOfDeleted } from '../delete-account.ts'
import { finishDeletions } from '../delete-photo.ts'
import { removeEvents } from '../remove-events.ts'
import { AGAIN } from './delete-again.ts'
import { lackingDeletions, readLogged } from './lacking-deletions.ts'

/** What was done. */
export interface Reapplied {
  /** Deletions of the log that the database lacked. */
  lacking: number
  /** Those of which the database still had something. */
  found: number
}

/**
 * Deletes again, in a database that was restored, what persons had deleted after the moment that it was restored to. Each
 * deletion is one transaction, which also writes its row of the log: killed anywhere, the next run goes on, and a run
 * after that finds nothing to do. Nobody may use the database meanwhile.
 *
 * @param say prints a line
 */
export async function reapplyDeletions(ctx: Context, say: (line: string) => void): Promise<Reapplied> {
  const lacking: LoggedDeletion[] = []
  for (const id of await lackingDeletions(ctx)) lacking.push(await readLogged(ctx, id))
  // An address is found by rows that the other deletions empty.
  const addressesFirst = lacking.toSorted((a, b) => rank(a.what) - rank(b.what))
  let found = 0
  for (const logged of addressesFirst) {
    const wasThere = await deleteAgain(ctx, logged, logged.what.kind, logged.what)
    if (wasThere) found += 1
    say(`${logged.what.kind} of ${logged.at}: ${wasThere ? 'deleted again' : 'nothing of it is there'} (${logged.id})`)
  }
  await deleteFiles(ctx)
  return { lacking: lacking.length, found }
}

const rank = ({ kind }: Deletion): number => (kind === 'address' ? 0 : 1)

async function deleteAgain<K extends Deletion['kind']>(
  ctx: Context,
  { id, at, what: logged }: LoggedDeletion,
  kind: K,
  what: Extract<Deletion, { kind: K }>,
): Promise<boolean> {
  const { before, within } = AGAIN[kind]
  const searches = (await before?.(ctx, what)) ?? 0
  return ctx.db.transaction(async (tx: Tx) => {
    const inTx = { ...ctx, db: tx }
    const wasThere = (await within(inTx, what, new Date(at))) || searches > 0
    await tx.insert(deletions).values({ id, what: logged, at: new Date(at), storedAt: ctx.now() })
    await recordAudit(inTx, 'deletion.reapply', `deletion:${id}`, { kind, wasThere })
    return wasThere
  })
}

/** What the sweeps of the api would delete within minutes is deleted before it serves. */
async function deleteFiles(ctx: Context): Promise<void> {
  await removeEvents(ctx)
  await finishDeletions(ctx)
  await deleteTakenDown(ctx)
  await deleteFilesOfDeleted(ctx)
}
