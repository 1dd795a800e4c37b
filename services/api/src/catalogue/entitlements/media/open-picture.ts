import type { PictureSize } from '@pix/contracts/photos.ts'
import type { Queryable } from '@pix/db/client.ts'
import { sessions, users } from '@pix/db/schema/auth.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { isBought } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { previewKey, thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type ObjectFacts, type OpenObject } from '@pix/platform/storage.ts'
import { and, eq, exists, gt, or, sql, type SQL } from 'drizzle-orm'
import { boughtBy } from '../../../base/caller.ts'
import { asStranger, type Context } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { isSignedIn, verifiedEmail } from '../../../base/session-user.ts'
import { keptBy, seenPhoto } from '../../photos/index.ts'

export interface Asked {
  eventId: string
  photoId: string
  size: PictureSize
  /** The visitor's cookie: a picture's request costs one query, so no session is read for it. */
  sessionToken: string | null
  /** Asked with the ETag before the bytes are fetched, where the caller named any ETags. */
  hasEtag: ((etag: string) => boolean) | null
}

export interface Picture {
  isPublic: boolean
  facts: ObjectFacts
  /** Null when the caller has these bytes already. */
  object: OpenObject | null
}

/**
 * A derivative of a photo on sale for anybody; of another photo for its photographer, admins and its buyers. Only
 * derivatives are ever opened here, and from `medium` up they carry the watermark.
 */
export async function openPicture(
  ctx: Context,
  { eventId, photoId, size, sessionToken, hasEtag }: Asked,
): Promise<Picture> {
  const { db, storage, now } = ctx
  const [photo] = await db
    .select({ isPublic: sql<boolean>`${seenPhoto(asStranger(ctx))}` })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(
      and(
        eq(photos.id, photoId),
        eq(photos.eventId, eventId),
        or(seenPhoto(ctx), keptBy(ctx), boughtInSession(db, sessionToken, now())),
      ),
    )
  if (!photo) throw notFound()

  for (const key of keysOf(eventId, photoId, size)) {
    if (hasEtag) {
      const facts = await storage.head(MAIN_BUCKET, key)
      if (facts && hasEtag(facts.etag)) return { isPublic: photo.isPublic, facts, object: null }
    }
    const object = await storage.get(MAIN_BUCKET, key)
    if (object) return { isPublic: photo.isPublic, facts: object, object }
  }
  throw notFound()
}

/** Where the bytes may lie. Photos processed before there was `phone` have only the next larger one. */
function keysOf(eventId: string, photoId: string, size: PictureSize): string[] {
  if (size === 'preview') return [previewKey(eventId, photoId)]
  const key = thumbnailKey(eventId, size, photoId)
  return size === 'phone' ? [key, thumbnailKey(eventId, 'large', photoId)] : [key]
}

/** A photo's buyers go on seeing it, also after it left the sale. */
function boughtInSession(db: Queryable, token: string | null, at: Date): SQL {
  if (token === null) return sql`false`
  return exists(
    db
      .select({ one: sql`1` })
      .from(entitlements)
      .innerJoin(sessions, and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, at)))
      .leftJoin(users, isSignedIn(db, at))
      .where(
        and(
          eq(entitlements.photoId, photos.id),
          isBought(),
          boughtBy({ sessionId: sessions.id, email: verifiedEmail() }, at, entitlements),
        ),
      ),
  )
}
