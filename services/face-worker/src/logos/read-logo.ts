import type { Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { studios } from '@pix/db/schema/studios.ts'
import type { LogoFault } from '@pix/domain/words.ts'
import { readLogo as job } from '@pix/jobs/studios.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import type { Log } from '@pix/platform/log.ts'
import { logoKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole, type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { readApart } from '../children/read-apart.ts'
import type { Settings } from '../settings.ts'
import type { LogoReply } from './logo-child.ts'

const CHILD = new URL('logo-child.ts', import.meta.url)

export interface LogoDeps {
  db: Db
  storage: Storage
  log: Log
}

/**
 * Makes the logo of an uploaded picture, and deletes both the upload and the logo before. A picture that took too long
 * or ended its process would do so again, so it is refused.
 *
 * @returns how it ended
 */
export async function readLogo(deps: LogoDeps, settings: Settings, studioId: string): Promise<string> {
  const { db, storage, log } = deps
  const [found] = await db.select().from(studios).where(eq(studios.id, studioId))
  const upload = found?.logoUpload ?? null
  if (!found || upload === null) return 'nothing'
  const bytes = await readWhole(storage, VANISHING_BUCKET, upload)
  const reply = bytes
    ? await readApart<LogoReply>({ log, settings, script: CHILD }, bytes)
    : ({ kind: 'refused', refusal: 'damaged' } as const)
  const made = reply.kind === 'read' ? logoKey(studioId, newId()) : null
  if (made !== null && reply.kind === 'read')
    await storage.put(MAIN_BUCKET, made, Buffer.from(reply.png), { contentType: 'image/png' })
  const change =
    reply.kind === 'read'
      ? { logo: made, logoUpload: null, logoFault: null }
      : { logoUpload: null, logoFault: reply.refusal satisfies LogoFault }
  // Another upload may have come meanwhile: then this logo is not used.
  const isStill = and(eq(studios.id, studioId), eq(studios.logoUpload, upload))
  const changed = await db.update(studios).set(change).where(isStill)
  await storage.delete(VANISHING_BUCKET, upload)
  const nobodys = changed.rowCount === 0 ? made : made === null ? null : found.logo
  if (nobodys !== null) await storage.delete(MAIN_BUCKET, nobodys)
  return reply.kind
}

/** Enqueues the logos that nobody has read. */
export async function enqueueLogos({ db, enqueue }: { db: Db; enqueue: Enqueue }): Promise<void> {
  const waiting = await db.select({ studioId: studios.id }).from(studios).where(isNotNull(studios.logoUpload))
  for (const { studioId } of waiting) await enqueue(job, { studioId })
}
