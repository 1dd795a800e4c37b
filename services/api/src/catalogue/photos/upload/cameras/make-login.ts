import { randomInt } from 'node:crypto'
import { type CameraLogin, type makeCameraLogin as contract, MOST_CAMERA_LOGINS } from '@pix/contracts/cameras.ts'
import { cameraLogins } from '@pix/db/schema/cameras.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../../base/audit.ts'
import type { CallerContext } from '../../../../base/context.ts'
import { notFound, Problem } from '../../../../base/problem.ts'
import { hashPassword } from '../../../../people/accounts/index.ts'
import { lockEvent, photographEvent } from '../../../events/index.ts'
import { checkEvent } from '../check-event.ts'

/** What a camera's keyboard types without shift, less what looks alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const random = (length: number): string => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')
/** 31^14: 69 bits. */
const PASSWORD_LENGTH = 14

export const toCameraLogin = (row: typeof cameraLogins.$inferSelect): CameraLogin => ({
  id: row.id,
  userName: row.userName,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})

/**
 * Makes a login of the caller for one event. The answer is the one place where its password can be read.
 *
 * @throws Problem as an upload to the event would be refused, or `too_many_camera_logins`
 */
export async function makeCameraLogin(
  ctx: CallerContext,
  eventId: string,
): Promise<z.output<(typeof contract.schema.response)[201]>> {
  if (ctx.settings.CAMERA_HOST === undefined) throw notFound()
  await checkEvent(ctx, eventId)
  const password = random(PASSWORD_LENGTH)
  const passwordHash = await hashPassword(password)
  const photographerId = ctx.caller.userId
  return photographEvent(ctx, eventId, async staff => {
    await lockEvent(staff, eventId)
    const present = and(
      eq(cameraLogins.eventId, eventId),
      eq(cameraLogins.photographerId, photographerId),
      isNull(cameraLogins.endedAt),
    )
    if ((await staff.db.$count(cameraLogins, present)) >= MOST_CAMERA_LOGINS)
      throw new Problem('too_many_camera_logins')
    const values = { id: ctx.newId(), eventId, photographerId, userName: `cam-${random(8)}`, passwordHash }
    const [made] = await staff.db
      .insert(cameraLogins)
      .values({ ...values, createdAt: ctx.now() })
      .returning()
    const after = { login: values.id, userName: values.userName }
    await recordAudit(staff, 'camera_login.create', `event:${eventId}`, { after })
    return { ...toCameraLogin(made!), password }
  })
}

/** Ends a login of the caller. A second time changes nothing. @throws Problem `not_found` */
export const endCameraLogin = (ctx: CallerContext, eventId: string, loginId: string): Promise<void> =>
  photographEvent(ctx, eventId, async staff => {
    const { db, now, caller } = staff
    const own = and(
      eq(cameraLogins.id, loginId),
      eq(cameraLogins.eventId, eventId),
      eq(cameraLogins.photographerId, caller.userId),
    )
    if ((await db.$count(cameraLogins, own)) === 0) throw notFound()
    const [ended] = await db
      .update(cameraLogins)
      .set({ endedAt: now() })
      .where(and(own, isNull(cameraLogins.endedAt)))
      .returning({ login: cameraLogins.id, userName: cameraLogins.userName })
    if (ended) await recordAudit(staff, 'camera_login.end', `event:${eventId}`, { before: ended })
  })
