import { type CameraFile, type Cameras, CAMERA_REFUSALS, LISTED_CAMERA_FILES } from '@pix/contracts/cameras.ts'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { CAMERA_OUTCOMES } from '@pix/domain/words.ts'
import type { CallerContext } from '../../../../base/context.ts'
import { photographEvent } from '../../../events/index.ts'
import { toCameraLogin } from './make-login.ts'

type CameraOutcome = (typeof CAMERA_OUTCOMES)[number]

const of = (outcome: CameraOutcome) => sql<number>`count(*) filter (where ${cameraFiles.outcome} = ${outcome})::int`

/** @throws Problem `not_found` unless the caller may upload to the event */
export const readCameras = (ctx: CallerContext, eventId: string): Promise<Cameras> =>
  photographEvent(ctx, eventId, async ({ db, settings, caller }) => {
    const own = and(eq(cameraLogins.eventId, eventId), eq(cameraLogins.photographerId, caller.userId))
    const logins = await db
      .select()
      .from(cameraLogins)
      .where(and(own, isNull(cameraLogins.endedAt)))
      .orderBy(desc(cameraLogins.createdAt))
    const [counts] = await db
      .select({ stored: of('stored'), duplicate: of('duplicate'), refused: of('refused'), raw: of('raw') })
      .from(cameraFiles)
      .innerJoin(cameraLogins, eq(cameraLogins.id, cameraFiles.loginId))
      .where(own)
    const files = await db
      .select({ file: cameraFiles })
      .from(cameraFiles)
      .innerJoin(cameraLogins, eq(cameraLogins.id, cameraFiles.loginId))
      .where(own)
      .orderBy(desc(cameraFiles.createdAt), desc(cameraFiles.id))
      .limit(LISTED_CAMERA_FILES)
    const { CAMERA_HOST: host, CAMERA_FTP_PORT: ftpPort, CAMERA_SFTP_PORT: sftpPort } = settings
    const server = host === undefined ? null : { host, ftpPort, sftpPort }
    return { server, logins: logins.map(toCameraLogin), counts: counts!, files: files.map(({ file }) => toFile(file)) }
  })

const toFile = ({ id, fileName, createdAt, outcome, code }: typeof cameraFiles.$inferSelect): CameraFile => ({
  id,
  fileName,
  createdAt: createdAt.toISOString(),
  outcome,
  code: code === null ? null : cameraRefusal(code),
})

/** The code that a row keeps, as pages know it. */
export const cameraRefusal = (code: string): (typeof CAMERA_REFUSALS)[number] =>
  CAMERA_REFUSALS.find(known => known === code) ?? 'internal'
