import { documentFiles, documents } from '@pix/db/schema/documents.ts'
import { documentKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { BuyerContext, CallerContext, Context, Joining } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { actForStudio, isMemberOf, MANAGERS } from '../../people/studios/index.ts'
import { findOrder } from '../../shop/orders/index.ts'
import { drawSoon } from './draw-soon.ts'
import { isReadable } from './read-documents.ts'

const LINK_SECONDS = 5 * 60

interface Found {
  id: string
  studioId: string
  number: string
  isDrawn: boolean
}

/** A link to the PDF of a document of an order of this buyer; while it is drawn, to the page of the order. */
export async function linkOwnDocument(ctx: BuyerContext, documentId: string): Promise<string> {
  const found = await findDocument(ctx, documentId)
  if (!found || found.orderId === null) throw notFound()
  await findOrder(ctx, found.orderId)
  return (await linkTo(ctx, found)) ?? `/checkout/success/${found.orderId}`
}

/**
 * The same for the staff who manage its studio, and of a certificate for its owners; null while it is drawn. @throws
 * Problem `not_found`
 */
export async function linkStudiosDocument(ctx: CallerContext, documentId: string): Promise<{ url: string | null }> {
  const mine = and(eq(documents.id, documentId), isMemberOf(ctx, documents.studioId, MANAGERS), isReadable(ctx))
  const itsStudio = sql`select ${documents.studioId} from ${documents} where ${mine}`
  const found = await actForStudio(ctx, itsStudio, staff => findDocument(staff, documentId))
  if (!found) throw notFound()
  return { url: await linkTo(ctx, found) }
}

/** The same of a certificate, for the payee of its payout; the caller of this function has asked whose payout it is. */
export async function linkPayeesDocument(ctx: CallerContext, documentId: string): Promise<{ url: string | null }> {
  const found = await findDocument(ctx, documentId)
  if (!found) throw notFound()
  return { url: await linkTo(ctx, found) }
}

async function findDocument({ db }: Pick<Joining<Context>, 'db'>, documentId: string) {
  const [found] = await db
    .select({
      id: documents.id,
      orderId: documents.orderId,
      studioId: documents.studioId,
      number: documents.number,
      drawnAt: documentFiles.drawnAt,
    })
    .from(documents)
    .leftJoin(documentFiles, eq(documentFiles.documentId, documents.id))
    .where(eq(documents.id, documentId))
  return found && { ...found, isDrawn: found.drawnAt !== null }
}

async function linkTo(ctx: Context, { id, studioId, number, isDrawn }: Found): Promise<string | null> {
  if (!isDrawn) {
    await drawSoon(ctx, id)
    return null
  }
  return ctx.storage.signedGetUrl(MAIN_BUCKET, documentKey(studioId, id), {
    expiresSeconds: LINK_SECONDS,
    filename: `${number}.pdf`,
  })
}
