import type { listStudios as contract, ManagedStudio } from '@pix/contracts/studios.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId } from '../../base/cursor.ts'
import type { StudioRow } from './find-own-studio.ts'
import { SALES } from './in-studio.ts'
import { isMemberOf } from './member-of.ts'

/** The studios in whose console the caller works, by id: the house studio is the first. */
export async function listStudios(
  ctx: CallerContext,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: ManagedStudio[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, ([id]) => (isId(id) ? id : null))
  const isTheirs = and(eq(studioMembers.studioId, studios.id), eq(studioMembers.userId, ctx.caller.userId))
  const found = await ctx.db
    .select({ studio: studios, role: studioMembers.role })
    .from(studios)
    .leftJoin(studioMembers, isTheirs)
    .where(and(isMemberOf(ctx, studios.id, SALES), after === null ? undefined : gt(studios.id, after)))
    .orderBy(asc(studios.id))
    .limit(query.limit + 1)
  const items = found.slice(0, query.limit).map(({ studio, role }) => toManaged(studio, role))
  const last = found.length > items.length ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor([last.id]) : null }
}

export const toManaged = (
  { id, slug, nameTh, nameEn, status }: StudioRow,
  role: ManagedStudio['role'],
): ManagedStudio => ({ id, slug, name: { th: nameTh, en: nameEn }, status, role })
