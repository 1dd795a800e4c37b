import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { cleanFileName } from '../../../../base/clean-file-name.ts'
import type { CallerContext, Context } from '../../../../base/context.ts'
import { Problem } from '../../../../base/problem.ts'
import { checkEvent } from '../check-event.ts'
import { RefusedUpload } from '../receive-bytes.ts'
import { keepOriginal, recordPhoto } from '../upload-photo.ts'
import { actForLogin } from './act-for-login.ts'
import { takingFolder, takingPath } from './spool.ts'

const PIECE_BYTES = 256 * 1024

type Row = typeof cameraFiles.$inferSelect
type Outcome = Pick<Row, 'outcome' | 'code' | 'photoId'>

/** A file that lies in the home of a login. */
interface Found {
  loginId: string
  path: string
  /** As of every upload: people who search go first. */
  pause: () => Promise<void>
}

/**
 * Takes a file in. Its name is taken from it first: of two calls that take the same file, one finds none.
 *
 * @returns false where there was none
 */
export async function takeFile(ctx: Context, { loginId, path, pause }: Found): Promise<boolean> {
  if (!(await lstat(path).catch(() => null))?.isFile()) return false
  const now = ctx.now()
  const values = { id: ctx.newId(), loginId, fileName: cleanFileName(basename(path)), createdAt: now, claimedAt: now }
  const [row] = await ctx.db.insert(cameraFiles).values(values).returning()
  await mkdir(takingFolder(ctx), { recursive: true })
  try {
    await rename(path, takingPath(ctx, row!.id))
  } catch (error) {
    await ctx.db.delete(cameraFiles).where(eq(cameraFiles.id, row!.id))
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  await finishFile(ctx, row!, pause)
  return true
}

/** Makes a photo of a file that was taken from its login, or says why it is none. Safe to repeat. */
export async function finishFile(ctx: Context, row: Row, pause: () => Promise<void>): Promise<void> {
  const outcome = await tryFile(ctx, row, pause)
  await ctx.db
    .update(cameraFiles)
    .set(outcome)
    .where(and(eq(cameraFiles.id, row.id), isNull(cameraFiles.outcome)))
  await rm(takingPath(ctx, row.id), { force: true })
}

async function tryFile(ctx: Context, row: Row, pause: () => Promise<void>): Promise<Outcome> {
  try {
    const acting = await actForLogin(ctx, row.loginId)
    if (acting === null) return refused('login_ended')
    return await makePhoto(acting, row, pause)
  } catch (error) {
    if (error instanceof RefusedUpload)
      return error.code === 'raw_file' ? { outcome: 'raw', code: null, photoId: null } : refused(error.code)
    if (!(error instanceof Problem)) throw error
    return refused(error.code === 'not_found' || error.code === 'email_not_verified' ? 'login_ended' : error.code)
  }
}

const refused = (code: string): Outcome => ({ outcome: 'refused', code, photoId: null })

async function makePhoto(ctx: CallerContext, row: Row, pause: () => Promise<void>): Promise<Outcome> {
  const [login] = await ctx.db.select().from(cameraLogins).where(eq(cameraLogins.id, row.loginId))
  const eventId = await checkEvent(ctx, login!.eventId)
  const file = await open(takingPath(ctx, row.id), constants.O_RDONLY | constants.O_NOFOLLOW)
  const kept = await keepOriginal(ctx, {
    eventId,
    fileName: row.fileName,
    body: bytesOf(file, ctx.settings.UPLOAD_MAX_BYTES),
    kind: 'batch',
    pause,
  }).finally(() => file.close())
  const { outcome, photoId } = await recordPhoto(ctx, kept)
  if (outcome === 'refused') return refused('internal')
  const isOwn = outcome === 'duplicate' && (await wasMadeOf(ctx, row, photoId!))
  return { outcome: isOwn ? 'stored' : outcome, code: null, photoId }
}

/** Whether a process that died made the photo of this file before it could say so. */
async function wasMadeOf(ctx: CallerContext, row: Row, photoId: string): Promise<boolean> {
  const [photo] = await ctx.db.select().from(photos).where(eq(photos.id, photoId))
  const isOwn = photo?.photographerId === ctx.caller.userId && photo.fileName === row.fileName
  return isOwn && photo.createdAt >= row.createdAt
}

/** @throws Problem `file_too_large` behind so many bytes */
async function* bytesOf(file: FileHandle, most: number): AsyncGenerator<Buffer> {
  for (let length = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES)
    if (bytesRead === 0) return
    length += bytesRead
    if (length > most) throw new Problem('file_too_large')
    yield buffer.subarray(0, bytesRead)
  }
}
