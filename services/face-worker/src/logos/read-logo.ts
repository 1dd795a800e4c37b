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
import { ChildDied, createChildPool, TimedOut } from '../children/child-pool.ts'
import type { Settings } from '../settings.ts'
import type { LogoReply } from './logo-child.ts'

/** Memory beside what decoding takes. */
const CHILD_MEGABYTES = 600
const MOST_MS = 60_000

export interface LogoDeps {
  db: Db
  storage: Storage
  log: Log
}

/**
 * Makes the logo of the picture that was uploaded for it, and deletes both that and the logo before. What took too long or
 * ended its process would do so again: it is refused.
 *
 * @returns how it ended
 */
export async function readLogo(deps: LogoDeps, settings: Settings, studioId: string): Promise<string> {
  const { db, storage } = deps
  const [found] = await db.select().from(studios).where(eq(studios.id, studioId))
  const upload = found?.logoUpload ?? null
  if (!found || upload === null) return 'nothing'
  const bytes = await readWhole(storage, VANISHING_BUCKET, upload)
  const reply = bytes ? await readApart(deps, settings, bytes) : ({ kind: 'refused', refusal: 'damaged' } as const)
  const made = reply.kind === 'read' ? logoKey(studioId, newId()) : null
  if (made !== null && reply.kind === 'read')
    await storage.put(MAIN_BUCKET, made, Buffer.from(reply.png), { contentType: 'image/png' })
  const change =
    reply.kind === 'read'
      ? { logo: made, logoUpload: null, logoFault: null }
      : { logoUpload: null, logoFault: reply.refusal satisfies LogoFault }
  // Another upload may have come meanwhile: this one is then nobody's.
  const isStill = and(eq(studios.id, studioId), eq(studios.logoUpload, upload))
  const changed = await db.update(studios).set(change).where(isStill)
  await storage.delete(VANISHING_BUCKET, upload)
  const nobodys = changed.rowCount === 0 ? made : made === null ? null : found.logo
  if (nobodys !== null) await storage.delete(MAIN_BUCKET, nobodys)
  return reply.kind
}

/** In a process of its own for this one picture: logos are rare, and need no process that waits for them. */
async function readApart({ log }: LogoDeps, settings: Settings, bytes: Buffer): Promise<LogoReply> {
  const pool = createChildPool<{ bytes: Uint8Array }, LogoReply, object>({
    script: new URL('logo-child.ts', import.meta.url),
    settings,
    size: 1,
    softMs: MOST_MS,
    hardMs: MOST_MS,
    cpuMs: settings.SELFIE_SECONDS * 1_000,
    memoryMegabytes: CHILD_MEGABYTES + settings.SELFIE_DECODE_MEGABYTES,
    log,
  })
  try {
    await pool.about()
    return await pool.run({ bytes })
  } catch (error) {
    if (!(error instanceof TimedOut || error instanceof ChildDied)) throw error
    log.error({ err: error }, 'a logo could not be read')
    return { kind: 'refused', refusal: 'too_many_pixels' }
  } finally {
    await pool.stop()
  }
}

/** Enqueues the logos that nobody has read. */
export async function enqueueLogos({ db, enqueue }: { db: Db; enqueue: Enqueue }): Promise<void> {
  const waiting = await db.select({ studioId: studios.id }).from(studios).where(isNotNull(studios.logoUpload))
  for (const { studioId } of waiting) await enqueue(job, { studioId })
}
