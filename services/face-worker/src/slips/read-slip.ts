import type { Db, Tx } from '@pix/db/client.ts'
import { slips } from '@pix/db/schema/slips.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { readSlip as job } from '@pix/jobs/slips.ts'
import type { Log } from '@pix/platform/log.ts'
import { slipKey, slipUploadKey } from '@pix/platform/storage-keys.ts'
import { readWhole, type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { readApart } from '../children/read-apart.ts'
import type { Settings } from '../settings.ts'
import type { SlipReply } from './slip-child.ts'

const CHILD = new URL('slip-child.ts', import.meta.url)

export interface SlipDeps {
  db: Db
  storage: Storage
  log: Log
  now: () => Date
}

type Slip = typeof slips.$inferSelect
type Outcome = Pick<Slip, 'state' | 'fault' | 'bank' | 'reference'>

/**
 * Reads the picture of a slip; then a person has to look for its money. A picture that cannot be read, and a slip of a
 * transfer that this order has a slip of already, wait for nobody: they are deleted. Safe to repeat.
 *
 * @returns how it ended
 */
export async function readSlip(deps: SlipDeps, settings: Settings, slipId: string): Promise<string> {
  const [slip] = await deps.db.select({ state: slips.state }).from(slips).where(eq(slips.id, slipId))
  if (!slip) return 'nothing'
  const isReading = slip.state === 'reading'
  const state = isReading ? await readUpload(deps, settings, slipId) : slip.state
  await deleteRest(deps, slipId, state)
  return isReading ? state : 'nothing'
}

async function readUpload(deps: SlipDeps, settings: Settings, slipId: string): Promise<string> {
  const { db, storage, log } = deps
  const bytes = await readWhole(storage, VANISHING_BUCKET, slipUploadKey(slipId))
  const reply = bytes
    ? await readApart<SlipReply>({ log, settings, script: CHILD }, bytes)
    : ({ kind: 'refused', refusal: 'damaged' } as const)
  if (reply.kind === 'read')
    await storage.put(VANISHING_BUCKET, slipKey(slipId), Buffer.from(reply.jpeg), { contentType: 'image/jpeg' })
  return db.transaction(tx => record(deps, tx, slipId, reply))
}

/** What nobody looks at any more: the upload, and the picture of a slip that waits for nobody. */
async function deleteRest({ db, storage, now }: SlipDeps, slipId: string, state: string): Promise<void> {
  const isKept = state === 'waiting' || state === 'arrived' || state === 'not_arrived'
  await storage.delete(VANISHING_BUCKET, [slipUploadKey(slipId), ...(isKept ? [] : [slipKey(slipId)])])
  if (isKept) return
  await db
    .update(slips)
    .set({ pictureGoneAt: now() })
    .where(and(eq(slips.id, slipId), isNull(slips.pictureGoneAt)))
}

/** Slips of one order are recorded one after the other, so that the second slip of one transfer is recognized. */
async function record({ now }: SlipDeps, tx: Tx, slipId: string, reply: SlipReply): Promise<string> {
  const [known] = await tx.select({ orderId: slips.orderId }).from(slips).where(eq(slips.id, slipId))
  await tx.execute(sql`select pg_advisory_xact_lock(7269012, hashtext(${known!.orderId}))`)
  const [slip] = await tx.select().from(slips).where(eq(slips.id, slipId)).for('update')
  if (slip?.state !== 'reading') return slip?.state ?? 'nothing'
  const outcome = await judge(tx, slip, reply)
  const at = now()
  await tx
    .update(slips)
    .set({ ...outcome, readAt: at, decidedAt: outcome.state === 'waiting' ? null : at })
    .where(eq(slips.id, slipId))
  return outcome.state
}

async function judge(tx: Tx, slip: Slip, reply: SlipReply): Promise<Outcome> {
  const nothing = { fault: null, bank: null, reference: null }
  if (reply.kind === 'refused') return { ...nothing, state: 'unreadable', fault: reply.refusal }
  const code = reply.code ?? nothing
  const sameTransfer = reply.code
    ? and(eq(slips.bank, reply.code.bank), eq(slips.reference, reply.code.reference))
    : undefined
  const samePicture = eq(slips.pictureHash, slip.pictureHash)
  const before = and(
    eq(slips.orderId, slip.orderId),
    ne(slips.id, slip.id),
    inArray(slips.state, ['waiting', 'arrived']),
    sameTransfer ? or(sameTransfer, samePicture) : samePicture,
  )
  const isRepeated = (await tx.$count(slips, before)) > 0
  return { ...nothing, ...code, state: isRepeated ? 'repeated' : 'waiting' }
}

/** Enqueues the slips that nobody has read. */
export async function enqueueSlips({ db, enqueue }: { db: Db; enqueue: Enqueue }): Promise<void> {
  const waiting = await db.select({ slipId: slips.id }).from(slips).where(eq(slips.state, 'reading'))
  for (const { slipId } of waiting) await enqueue(job, { slipId })
}
