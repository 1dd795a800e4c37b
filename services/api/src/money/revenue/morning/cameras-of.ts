import type { PhotographerMorning } from '@pix/contracts/photographer-morning.ts'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { cameraRefusal } from '../../../catalogue/photos/index.ts'
import type { Span } from './hours.ts'
import { eventColumns, toEvent } from './to-event.ts'

/** Files that are named. */
const NAMED = 12

/** SQL: a camera sent it in a time, and it was refused. */
export const isCameraRefusalIn = ({ since, until }: Span) =>
  and(eq(cameraFiles.outcome, 'refused'), gte(cameraFiles.createdAt, since), lt(cameraFiles.createdAt, until))

/** Files that a photographer's cameras sent in a time, and that were refused: no photo of the shop knows of them. */
export async function camerasOf(
  { db }: Context,
  photographerId: string,
  span: Span,
): Promise<PhotographerMorning['cameras']> {
  const rows = await db
    .select({
      id: cameraFiles.id,
      fileName: cameraFiles.fileName,
      code: cameraFiles.code,
      at: cameraFiles.createdAt,
      event: eventColumns,
      all: sql`count(*) over ()`.mapWith(Number),
    })
    .from(cameraFiles)
    .innerJoin(cameraLogins, eq(cameraLogins.id, cameraFiles.loginId))
    .innerJoin(events, eq(events.id, cameraLogins.eventId))
    .where(and(eq(cameraLogins.photographerId, photographerId), isCameraRefusalIn(span)))
    .orderBy(desc(cameraFiles.createdAt), desc(cameraFiles.id))
    .limit(NAMED)
  return {
    refused: rows[0]?.all ?? 0,
    latest: rows.map(({ id, fileName, code, at, event }) => ({
      id,
      fileName,
      code: cameraRefusal(code!),
      at: at.toISOString(),
      event: toEvent(event),
    })),
  }
}
