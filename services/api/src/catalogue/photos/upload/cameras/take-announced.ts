import type { takeCameraFile as contract } from '@pix/contracts/cameras.ts'
import { cameraLogins } from '@pix/db/schema/cameras.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../../../base/context.ts'
import { findInHome } from './spool.ts'
import { takeFile } from './take-file.ts'

const WHOLE = 1

/**
 * Takes the file that SFTPGo says has come. Where it was taken before, or its sender broke off, there is nothing to take.
 *
 * @returns whether it was taken in by this call
 */
export async function takeAnnounced(
  ctx: Context,
  event: z.output<typeof contract.schema.body>,
  pause: () => Promise<void>,
): Promise<boolean> {
  if (event.action !== 'upload' || event.status !== WHOLE) return false
  const [login] = await ctx.db
    .select({ id: cameraLogins.id })
    .from(cameraLogins)
    .where(eq(cameraLogins.userName, event.username))
  const path = login && (await findInHome(ctx, login.id, event.virtual_path))
  return login && path ? takeFile(ctx, { loginId: login.id, path, pause }) : false
}
