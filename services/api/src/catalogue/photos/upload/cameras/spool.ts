import { realpath } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import type { Context } from '../../../../base/context.ts'

type Ctx = Pick<Context, 'settings'>

/** The folder that a login sees as `/`. */
export const homeOf = ({ settings }: Ctx, loginId: string): string => join(settings.CAMERA_SPOOL, loginId)

/** Where files lie while they are taken in, named by their row: no login sees them there. */
export const takingFolder = ({ settings }: Ctx): string => join(settings.CAMERA_SPOOL, '.taking')
export const takingPath = (ctx: Ctx, fileId: string): string => join(takingFolder(ctx), fileId)

/** What SFTPGo calls a file until all of it has come (`upload_mode` 1). */
export const isComing = (name: string): boolean => name.startsWith('.sftpgo-upload.')

/** Where a file lies that a login sees under this path; null where that is not below its home. */
export async function findInHome(ctx: Ctx, loginId: string, virtualPath: string): Promise<string | null> {
  if (virtualPath.includes('\0')) return null
  const home = await realpath(homeOf(ctx, loginId)).catch(() => null)
  if (home === null) return null
  const path = normalize(join(home, virtualPath))
  const folder = await realpath(dirname(path)).catch(() => null)
  const isBelow = path.startsWith(home + sep) && folder !== null && `${folder}${sep}`.startsWith(home + sep)
  return isBelow ? path : null
}
