import { isIP } from 'node:net'
import type { signInCamera as contract } from '@pix/contracts/cameras.ts'
import { cameraLogins } from '@pix/db/schema/cameras.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../../../base/context.ts'
import { Problem } from '../../../../base/problem.ts'
import { countFailure, forgive, passwordFits, takeTry } from '../../../../people/accounts/index.ts'
import { checkEvent } from '../check-event.ts'
import { actForLogin } from './act-for-login.ts'
import { homeOf } from './spool.ts'

type Login = typeof cameraLogins.$inferSelect
type Answer = z.output<(typeof contract.schema.response)[200]>

const REFUSED: Answer = { username: '' }
/** A camera sends RAW files, too: they come, and are left out. */
const LARGEST_FILE = 200_000_000
const MOST_SESSIONS = 5

/**
 * Whether a login is good now. Failures count as those of sign-ins do, and neither the answer nor its time shows whether
 * the name exists.
 */
export async function signInCamera(
  ctx: Context,
  { username, password, ip }: z.output<typeof contract.schema.body>,
): Promise<Answer> {
  const place = { address: `camera:${username}`, from: { network: isIP(ip) === 0 ? 'unknown' : ip } }
  try {
    await takeTry(ctx, place)
  } catch (error) {
    if (error instanceof Problem) return REFUSED
    throw error
  }
  const [login] = await ctx.db.select().from(cameraLogins).where(eq(cameraLogins.userName, username))
  const fits = await passwordFits(login?.passwordHash ?? null, password ?? '')
  if (!login || !fits) {
    await countFailure(ctx, place)
    return REFUSED
  }
  await forgive(ctx, place)
  if (!(await mayUpload(ctx, login))) return REFUSED
  await ctx.db.update(cameraLogins).set({ lastUsedAt: ctx.now() }).where(eq(cameraLogins.id, login.id))
  return {
    username,
    status: 1,
    home_dir: homeOf(ctx, login.id),
    max_sessions: MOST_SESSIONS,
    permissions: { '/': ['list', 'upload', 'create_dirs'] },
    filters: { denied_protocols: ['HTTP', 'DAV'], max_upload_file_size: LARGEST_FILE },
    filesystem: { provider: 0 },
  }
}

async function mayUpload(ctx: Context, { id, eventId }: Pick<Login, 'id' | 'eventId'>): Promise<boolean> {
  try {
    const acting = await actForLogin(ctx, id)
    if (acting !== null) await checkEvent(acting, eventId)
    return acting !== null
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
