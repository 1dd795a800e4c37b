import type { Dirent } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { type Repeated, repeat } from '@pix/platform/repeat.ts'
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Context } from '../../../../base/context.ts'
import { isId } from '../../../../base/cursor.ts'
import type { Deps } from '../../../../base/deps.ts'
import { isComing, takingFolder, takingPath } from './spool.ts'
import { finishFile, takeFile } from './take-file.ts'

const MINUTE_MS = 60_000
/** A file whose hook has not come for so long is taken without it. */
const HOOK_MS = MINUTE_MS
/** A process that took a file and has said nothing for so long is taken for dead. */
const CLAIM_MS = 10 * MINUTE_MS
const DAY_MS = 24 * 60 * MINUTE_MS
const ROWS_KEPT_MS = 30 * DAY_MS

/** Takes what cameras sent while nobody could be asked, and what a process that died has left. */
export const startTakingFiles = (deps: Deps): Repeated[] =>
  deps.settings.CAMERA_HOST === undefined
    ? []
    : [repeat(deps.log, 'camera_files', MINUTE_MS, () => sweepFiles(asSystem(deps)))]

export async function sweepFiles(ctx: Context): Promise<void> {
  await finishAbandoned(ctx)
  for (const { name } of await entriesOf(ctx.settings.CAMERA_SPOOL)) if (isId(name)) await sweepHome(ctx, name)
  const old = lt(cameraFiles.createdAt, new Date(ctx.now().getTime() - ROWS_KEPT_MS))
  await ctx.db.delete(cameraFiles).where(old)
}

/** A file that cannot be taken in within a day goes, and its row says so. */
async function finishAbandoned(ctx: Context): Promise<void> {
  const at = ctx.now().getTime()
  const isOpen = isNull(cameraFiles.outcome)
  const stale = and(isOpen, lt(cameraFiles.claimedAt, new Date(at - CLAIM_MS)))
  const rows = await ctx.db.update(cameraFiles).set({ claimedAt: ctx.now() }).where(stale).returning()
  const names = new Set((await entriesOf(takingFolder(ctx))).map(({ name }) => name))
  for (const row of rows) {
    const isRow = eq(cameraFiles.id, row.id)
    if (!names.has(row.id)) await ctx.db.delete(cameraFiles).where(and(isRow, isOpen))
    else if (row.createdAt.getTime() > at - DAY_MS) await attempt(ctx, () => finishFile(ctx, row, noPause))
    else await ctx.db.update(cameraFiles).set({ outcome: 'refused', code: 'internal' }).where(and(isRow, isOpen))
  }
  for (const name of names) {
    const [row] = isId(name) ? await ctx.db.select().from(cameraFiles).where(eq(cameraFiles.id, name)) : []
    if (!row || row.outcome !== null) await rm(takingPath(ctx, name), { recursive: true, force: true })
  }
}

async function sweepHome(ctx: Context, loginId: string): Promise<void> {
  const home = join(ctx.settings.CAMERA_SPOOL, loginId)
  const isKnown = (await ctx.db.$count(cameraLogins, eq(cameraLogins.id, loginId))) > 0
  for (const { name, parentPath } of (await entriesOf(home, true)).filter(entry => entry.isFile())) {
    const path = join(parentPath, name)
    const age = ctx.now().getTime() - ((await stat(path).catch(() => null))?.ctimeMs ?? Number.POSITIVE_INFINITY)
    if (age > DAY_MS && (isComing(name) || !isKnown)) await rm(path, { force: true })
    else if (age > HOOK_MS && isKnown && !isComing(name))
      await attempt(ctx, () => takeFile(ctx, { loginId, path, pause: noPause }))
  }
}

/** One file that fails keeps no other back; the next run tries it again. */
const attempt = (ctx: Context, take: () => Promise<unknown>) =>
  take().catch((error: unknown) => ctx.log.error({ err: error }, "a camera's file waits for the next sweep"))

const noPause = async (): Promise<void> => undefined

const entriesOf = (folder: string, recursive = false): Promise<Dirent[]> =>
  readdir(folder, { withFileTypes: true, recursive }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
