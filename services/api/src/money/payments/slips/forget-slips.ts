import { slips } from '@pix/db/schema/slips.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { SLIP_PREFIX, slipKey, slipUploadKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import type { Deps } from '../../../base/deps.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PIECE = 500

/** Deletes the pictures of slips some time after their decision, and at once what nobody looks at: hash and reference stay. */
export async function forgetSlips(deps: Deps): Promise<void> {
  const ctx = asSystem(deps)
  await forgetDecided(ctx)
  await forgetStray(ctx)
}

/** A worker deletes their pictures, unless it is killed. */
const looksNobody = inArray(slips.state, ['unreadable', 'repeated'])

async function forgetDecided({ db, storage, now }: Pick<Context, 'db' | 'storage' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - KEPT.slipDays * DAY_MS)
  for (;;) {
    const due = await db
      .select({ id: slips.id })
      .from(slips)
      .where(and(isNull(slips.pictureGoneAt), or(lt(slips.decidedAt, before), looksNobody)))
      .limit(PIECE)
    if (due.length === 0) return
    const ids = due.map(({ id }) => id)
    await storage.delete(
      VANISHING_BUCKET,
      ids.flatMap(id => [slipUploadKey(id), slipKey(id)]),
    )
    await db.update(slips).set({ pictureGoneAt: now() }).where(inArray(slips.id, ids))
  }
}

/** Deletes uploads whose process was killed half way, so that they have no row, and uploads that were read. */
async function forgetStray({ db, storage, now }: Pick<Context, 'db' | 'storage' | 'now'>): Promise<void> {
  let some: string[] = []
  const deleteStray = async () => {
    const ids = [...new Set(some.map(idOf))]
    const known = await db.select({ id: slips.id, state: slips.state }).from(slips).where(inArray(slips.id, ids))
    const needed = new Set(
      known.flatMap(({ id, state }) => [slipKey(id), ...(state === 'reading' ? [slipUploadKey(id)] : [])]),
    )
    const stray = some.filter(key => !needed.has(key))
    if (stray.length > 0) await storage.delete(VANISHING_BUCKET, stray)
    some = []
  }
  for await (const { key, modifiedAt } of storage.list(VANISHING_BUCKET, SLIP_PREFIX)) {
    if (now().getTime() - modifiedAt.getTime() < HOUR_MS) continue
    some.push(key)
    if (some.length === PIECE) await deleteStray()
  }
  if (some.length > 0) await deleteStray()
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The slip that a key belongs to; the id of no slip for a key of another form. */
function idOf(key: string): string {
  const id = key.slice(SLIP_PREFIX.length).replace(/\.jpg$/, '')
  return UUID.test(id) ? id : NOBODY
}
