import type { Queryable } from '@pix/db/client.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { knownDevices, refreshTokens, users } from '@pix/db/schema/auth.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { recoveryCodes, secondFactors } from '@pix/db/schema/second-factors.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { and, asc, eq, isNotNull, or } from 'drizzle-orm'
import { cartOf, ownedBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { listMyObjections } from '../../catalogue/faces/index.ts'
import { printedOf } from '../../money/documents/index.ts'
import { ownOrders, taxDataOf } from '../../shop/orders/index.ts'
import { listConsentLines } from './my-consents.ts'

/** Files of an export by name: lists of rows. */
export type Export = Readonly<Record<string, readonly object[]>>

/**
 * Everything that is kept about this buyer: what this browser did and, of somebody signed in, their account. Rows of
 * others are named by nothing but what the person saw themselves, and no secret is in it.
 */
export async function collectExport(ctx: BuyerContext): Promise<Export> {
  const userId = ctx.buyer.userId
  return {
    consents: await listConsentLines(ctx),
    orders: await listOrders(ctx),
    cart: await listCart(ctx),
    searches: await listSearches(ctx),
    objections: await listMyObjections(ctx),
    ...(userId === null ? {} : await collectAccount(ctx, userId)),
  }
}

async function listOrders(ctx: BuyerContext): Promise<object[]> {
  const { db } = ctx
  const own = await db.select().from(orders).where(ownOrders(ctx)).orderBy(asc(orders.createdAt))
  const found: object[] = []
  for (const { sessionId: _, ...order } of own) {
    const lines = await db
      .select({
        kind: orderLines.kind,
        photoId: orderLines.photoId,
        eventId: orderLines.eventId,
        amountSatang: orderLines.unitPrice,
        discountSatang: orderLines.discount,
      })
      .from(orderLines)
      .where(eq(orderLines.orderId, order.id))
      .orderBy(asc(orderLines.position))
    const offers = await db
      .select({ eventId: orderEvents.eventId, offer: orderEvents.offer })
      .from(orderEvents)
      .where(eq(orderEvents.orderId, order.id))
    const more = { refunds: await listRefundsOf(ctx, order.id), documents: await printedOf(ctx, order.id) }
    found.push({ ...order, lines, offers, taxData: await taxDataOf(db, ctx, order.id), ...more })
  }
  return found
}

/** Without where the money goes, which its buyer knows. */
const listRefundsOf = ({ db }: BuyerContext, orderId: string): Promise<object[]> =>
  db
    .select({
      number: refunds.number,
      amountSatang: refunds.amount,
      state: refunds.state,
      reason: refunds.reason,
      statement: refunds.statement,
      requestedAt: refunds.requestedAt,
      decisionReason: refunds.decisionReason,
      transferredAt: refunds.transferredAt,
    })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))

const listCart = ({ db, buyer }: BuyerContext): Promise<object[]> =>
  db
    .select({ photoId: cartItems.photoId, addedAt: cartItems.createdAt })
    .from(cartItems)
    .innerJoin(carts, eq(carts.id, cartItems.cartId))
    .where(cartOf(buyer, carts))

/** With what was found and what the person said of it: "not me" hides a photo. */
async function listSearches({ db, buyer }: BuyerContext): Promise<object[]> {
  const own = await db.select().from(searches).where(ownedBy(buyer, searches)).orderBy(asc(searches.createdAt))
  const found: object[] = []
  for (const { id, eventId, source, state, createdAt, selfieDeletedAt, consentId } of own) {
    const results = await db
      .select({
        photoId: searchMatches.photoId,
        band: searchMatches.band,
        confidence: searchMatches.confidence,
        notMe: searchMatches.hidden,
      })
      .from(searchMatches)
      .where(eq(searchMatches.searchId, id))
    found.push({ id, eventId, source, state, createdAt, selfieDeletedAt, consentId, results })
  }
  return found
}

async function collectAccount({ db }: BuyerContext, userId: string): Promise<Export> {
  const account = await db.select().from(users).where(eq(users.id, userId))
  return {
    account: account.map(({ passwordHash, ...row }) => ({ ...row, hasPassword: passwordHash !== null })),
    studios: await db
      .select({ studioId: studioMembers.studioId, role: studioMembers.role })
      .from(studioMembers)
      .where(eq(studioMembers.userId, userId)),
    ...(await collectSignIns(db, userId)),
    invitations: await db
      .select({
        studioId: studioInvitations.studioId,
        role: studioInvitations.role,
        sentAt: studioInvitations.createdAt,
        acceptedAt: studioInvitations.acceptedAt,
        revokedAt: studioInvitations.revokedAt,
      })
      .from(studioInvitations)
      .innerJoin(users, eq(users.email, studioInvitations.email))
      .where(and(eq(users.id, userId), isNotNull(users.emailVerifiedAt))),
    serviceKeys: await db
      .select({
        studioId: serviceKeys.studioId,
        name: serviceKeys.name,
        scopes: serviceKeys.scopes,
        madeAt: serviceKeys.createdAt,
        expiresAt: serviceKeys.expiresAt,
        lastUsedAt: serviceKeys.lastUsedAt,
        revokedAt: serviceKeys.revokedAt,
      })
      .from(serviceKeys)
      .where(eq(serviceKeys.createdBy, userId)),
    uploads: await db
      .select({
        id: photos.id,
        eventId: photos.eventId,
        fileName: photos.fileName,
        sha256: photos.sha256,
        bytes: photos.bytes,
        state: photos.state,
        approval: photos.approval,
        takenAt: photos.takenAt,
        camera: photos.camera,
        latitude: photos.latitude,
        longitude: photos.longitude,
        uploadedAt: photos.createdAt,
      })
      .from(photos)
      .where(eq(photos.photographerId, userId))
      .orderBy(asc(photos.createdAt)),
    // Without the detail: it may be about others.
    audit: await db
      .select({
        at: auditEvents.createdAt,
        action: auditEvents.action,
        subject: auditEvents.subject,
        ip: auditEvents.ip,
        device: auditEvents.device,
      })
      .from(auditEvents)
      .where(or(eq(auditEvents.actorId, userId), eq(auditEvents.subject, `user:${userId}`)))
      .orderBy(asc(auditEvents.createdAt)),
  }
}

/** By what somebody gets into the account, without what opens it. */
async function collectSignIns(db: Queryable, userId: string): Promise<Export> {
  const { device, network, createdAt, expiresAt, revokedAt } = refreshTokens
  return {
    devices: await db
      .select({ device, network, createdAt, expiresAt, revokedAt })
      .from(refreshTokens)
      .where(eq(refreshTokens.userId, userId)),
    'known-devices': await db
      .select({ lastSignInAt: knownDevices.lastSignInAt })
      .from(knownDevices)
      .where(eq(knownDevices.userId, userId)),
    'second-factor': await db
      .select({ createdAt: secondFactors.createdAt, confirmedAt: secondFactors.confirmedAt })
      .from(secondFactors)
      .where(eq(secondFactors.userId, userId)),
    'recovery-codes': await db
      .select({ usedAt: recoveryCodes.usedAt })
      .from(recoveryCodes)
      .where(eq(recoveryCodes.userId, userId)),
    providers: await db
      .select({ issuer: identities.issuer, subject: identities.subject, linkedAt: identities.createdAt })
      .from(identities)
      .where(eq(identities.userId, userId)),
  }
}
