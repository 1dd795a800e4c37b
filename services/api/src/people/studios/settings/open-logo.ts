import { studios } from '@pix/db/schema/studios.ts'
import { logoKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type OpenObject } from '@pix/platform/storage.ts'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'

/** @throws Problem `not_found` for what is not the studio's logo now */
export async function openLogo({ db, storage }: Context, studioId: string, file: string): Promise<OpenObject> {
  const key = logoKey(studioId, file.replace(/\.png$/, ''))
  const [shown] = await db
    .select({ logo: studios.logo })
    .from(studios)
    .where(and(eq(studios.id, studioId), eq(studios.logo, key)))
  const object = shown ? await storage.get(MAIN_BUCKET, key) : null
  if (!object) throw notFound()
  return object
}
