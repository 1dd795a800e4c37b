import type { Db } from './client.ts'
import { newId } from './ids.ts'
import type { Sealed } from './schema/columns.ts'
import * as s from './schema/index.ts'

const AT = new Date('2026-11-01T00:00:00Z')
const LATER = new Date('2030-01-01T00:00:00Z')
/** A value that has the form of a sealed one, and that no key opens. */
const SEALED = Buffer.concat([Buffer.from([1, 1, 0x6b]), Buffer.alloc(40)]) as unknown as Sealed

/** A studio with a row in every table that is a studio's. A new table of a studio gets its line here. */
export async function addStudioRows(db: Db): Promise<string> {
  const studioId = newId()
  const [userId, sessionId, eventId, photoId] = [newId(), newId(), newId(), newId()]
  await db.transaction(async tx => {
    const add = tx.insert.bind(tx)
    await add(s.users).values({ id: userId, email: `${userId}@test.example`, name: 'P', role: 'user' })
    await add(s.sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: LATER })
    await add(s.studios).values({ id: studioId, slug: `s-${studioId}`, nameTh: '-', nameEn: '-' })
    await add(s.studioMembers).values({ studioId, userId, role: 'owner' })
    const chosen = { periods: ['daily' as const], locale: 'th' as const, changedAt: AT }
    await add(s.reportChoices).values({ id: newId(), userId, studioId, ...chosen })
    const where = { nameTh: '-', nameEn: '-', venue: '-', province: '-', category: 'run' as const }
    await add(s.events).values({ id: eventId, studioId, slug: eventId, ...where, startsAt: AT, endsAt: AT })
    await add(s.eventHours).values({ eventId, hour: AT })
    await add(s.eventPhotographers).values({ eventId, userId })
    await add(s.eventOpenings).values({ sessionId, eventId, codeHash: '-' })
    const alert = { email: 'c@test.example', locale: 'th', linkHash: eventId, askedAt: AT }
    const alertId = newId()
    await add(s.eventAlerts).values({ id: alertId, eventId, ...alert })
    const ofAlert = { alertId, eventId, modelVersion: 'm1', quality: 1 }
    await add(s.alertFaces).values({ id: newId(), ...ofAlert, embedding: SEALED })
    const invitationId = newId()
    const letter = { email: 'a@test.example', tokenHash: invitationId, expiresAt: LATER }
    await add(s.studioInvitations).values({ id: invitationId, studioId, ...letter })
    await add(s.eventInvitations).values({ invitationId, studioId, eventId, role: 'photographer' })
    const file = { fileName: 'a.jpg', sha256: photoId.replaceAll('-', '').repeat(2), bytes: 1, format: 'jpg' }
    const key = { name: '-', scopes: ['events:read' as const], createdAt: AT, expiresAt: new Date(AT.getTime() + 1) }
    await add(s.serviceKeys).values({ id: newId(), studioId, tokenHash: studioId, ...key })
    await add(s.photos).values({ id: photoId, eventId, photographerId: userId, ...file })
    await add(s.begunUploads).values({ photoId: newId(), eventId, key: photoId })
    const coming = { fileName: 'a.jpg', bytes: 1 }
    await add(s.resumableUploads).values({ id: newId(), eventId, photographerId: userId, ...coming })
    const [loginId, login] = [
      newId(),
      { userName: `cam-${studioId.slice(-8).replaceAll(/[01]/g, 'z')}`, passwordHash: '-' },
    ]
    await add(s.cameraLogins).values({ id: loginId, eventId, photographerId: userId, ...login })
    await add(s.cameraFiles).values({ id: newId(), loginId, fileName: 'a.jpg', claimedAt: AT })
    const made = { tx, studioId, userId, sessionId, eventId, photoId }
    await add(s.boughtPreviews).values({ photoId, queuedAt: AT })
    await add(s.favourites).values({ id: newId(), sessionId, eventId, photoId })
    await addFaces(made)
    await addSales(made)
    const takedownId = newId()
    await add(s.takedowns).values({ id: takedownId, photoId, openedAt: AT })
    const asked = { reason: 'me' as const, locale: 'th', askedAt: AT }
    await add(s.takedownRequests).values({ id: newId(), takedownId, number: takedownId, ...asked })
    await add(s.deletions).values({ id: newId(), studioId, what: { kind: 'event', eventId }, at: AT })
    await add(s.auditEvents).values({ id: newId(), studioId, action: 'event.create', subject: `event:${eventId}` })
  })
  return studioId
}

interface Made {
  tx: Pick<Db, 'insert'>
  studioId: string
  userId: string
  sessionId: string
  eventId: string
  photoId: string
}

async function addFaces({ tx, userId, sessionId, eventId, photoId }: Made): Promise<void> {
  const [faceId, rereadId, consentId, searchId] = [newId(), newId(), newId(), newId()]
  await tx.insert(s.gonePhotos).values({ eventId, revision: 1, photoId: newId() })
  const place = { x: 0, y: 0, width: 1, height: 1, score: 1, quality: 1 }
  const numbers = { landmarks: Buffer.alloc(544), embedding: Buffer.alloc(512), modelVersion: 'm1' }
  await tx.insert(s.faces).values({ id: faceId, photoId, eventId, ...place, ...numbers })
  await tx.insert(s.eventPeople).values({ eventId, askedBy: userId, askedAt: AT })
  await tx.insert(s.faceRereads).values({ id: rereadId, eventId, fromModel: 'm1', toModel: 'm2', askedAt: AT })
  await tx.insert(s.rereadPhotos).values({ rereadId, photoId, triedAt: AT })
  await tx.insert(s.consents).values({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
  await tx.insert(s.searches).values({ id: searchId, sessionId, eventId, consentId, source: 'selfie' })
  await tx.insert(s.withdrawnSearches).values({ id: newId(), sessionId, eventId })
  const match = { distance: 0, confidence: 1, band: 'sure' as const }
  await tx.insert(s.searchMatches).values({ searchId, photoId, faceId, ...match })
  await tx.insert(s.searchFeedback).values({ id: newId(), eventId, distance: 0, band: 'sure', isMe: true })
  const objectionId = newId()
  const asked = { kind: 'hide' as const, locale: 'th', askedAt: AT, faceCount: 1 }
  await tx.insert(s.objections).values({ id: objectionId, eventId, searchId, ...asked })
  const kept = { modelVersion: 'm1', embedding: Buffer.alloc(512), quality: 1 }
  await tx.insert(s.keptFaces).values({ objectionId, eventId, ...kept })
  await tx.insert(s.hiddenFaces).values({ objectionId, eventId, faceId })
  await tx.insert(s.manyPeople).values({ id: newId(), eventId, userId, people: 6, firstAt: AT, lastAt: AT })
}

async function addSales({ tx, studioId, userId, sessionId, eventId, photoId }: Made): Promise<void> {
  const [choice, splitRuleId, cartId, orderId, lineId] = [newId(), newId(), newId(), newId(), newId()]
  await tx
    .insert(s.packages)
    .values({ id: choice, studioId, kind: 'single', nameTh: '-', nameEn: '-', photoCount: 1, price: 1 })
  await tx.insert(s.coupons).values({ id: newId(), studioId, code: 'LESS', kind: 'percent', percent: 10 })
  const shares = { platformBp: 3_000, photographerBp: 5_000, organizerBp: 2_000 }
  await tx.insert(s.splitRules).values({ id: splitRuleId, studioId, version: 1, startsAt: AT, ...shares })
  await tx.insert(s.carts).values({ id: cartId, sessionId, studioId })
  await tx.insert(s.cartItems).values({ id: newId(), cartId, studioId, eventId, photoId })
  await tx.insert(s.cartChoices).values({ cartId, studioId, eventId, choice })
  const paid = { status: 'paid' as const, paidAt: AT, total: 1, expiresAt: AT, email: 'b@test.example', locale: 'th' }
  await tx.insert(s.orders).values({ id: orderId, number: orderId, studioId, sessionId, ...paid })
  const offer = { lines: [], total: { amount: 1, currency: 'THB' as const }, photos: 1 }
  await tx.insert(s.orderEvents).values({ orderId, studioId, eventId, position: 0, offer, splitRuleId })
  const sold = { kind: 'photo' as const, photoId, photographerId: userId, unitPrice: 1, position: 0 }
  await tx.insert(s.orderLines).values({ id: lineId, orderId, eventId, ...sold })
  const frozen = { platformBp: 5_000, studioBp: 0, photographerBp: 5_000, organizerBp: 0 }
  await tx.insert(s.orderShares).values({ orderId, eventId, photographerId: userId, splitRuleId, ...frozen })
  await tx.insert(s.photographerRates).values({ id: newId(), studioId, photographerId: userId, startsAt: AT })
  await tx.insert(s.splitDeductions).values({ studioId, vatBp: 700, feeBp: 0 })
  await tx.insert(s.orderCodes).values({ id: newId(), orderId, codeHash: '-', expiresAt: AT })
  await tx.insert(s.orderArchives).values({ id: newId(), orderId, eventId })
  await tx.insert(s.orderAccess).values({ orderId, sessionId, grantedAt: AT, until: LATER })
  const bought = { sessionId, email: paid.email, orderId, photoId, lineId, from: AT, until: LATER }
  await tx.insert(s.entitlements).values({ id: newId(), ...bought })
  const giftId = newId()
  const link = { slot: 1, tokenHash: giftId.replaceAll('-', '').repeat(2), createdAt: AT }
  await tx.insert(s.gifts).values({ id: giftId, orderId, ...link, expiresAt: new Date(AT.getTime() + 1) })
  await tx.insert(s.giftPhotos).values({ giftId, orderId, lineId })
  const [paymentId, receiptId, postingId] = [newId(), newId(), newId()]
  const attempt = { attempt: 1, gateway: 'paynoi', ref1: paymentId.replaceAll('-', '').slice(-20).toUpperCase() }
  await tx.insert(s.payments).values({ id: paymentId, orderId, ...attempt, amountAsked: 1, expiresAt: LATER })
  const came = { gateway: 'paynoi', transId: receiptId, amount: 1, appliedAt: AT }
  await tx.insert(s.receipts).values({ id: receiptId, paymentId, ...came })
  await tx.insert(s.slips).values({ id: newId(), orderId, pictureHash: Buffer.alloc(32), uploadedAt: AT })
  await addPosting({ tx, orderId, lineId, eventId, postingId, receiptId })
  await addDocument({ tx, studioId, orderId })
  const refundId = newId()
  const asked = { state: 'requested' as const, reason: 'quality' as const, requestedAt: AT }
  await tx.insert(s.refunds).values({ id: refundId, number: refundId, orderId, amount: 1, ...asked })
  await tx.insert(s.refundLines).values({ refundId, orderId, lineId, amount: 1 })
  await addPayout({ tx, studioId, userId })
  await addAdjustment({ tx, studioId })
}

async function addPayout({ tx, studioId, userId }: Pick<Made, 'tx' | 'studioId' | 'userId'>): Promise<void> {
  const [accountId, batchId, payee] = [newId(), newId(), { party: 'photographer' as const, ownerId: userId }]
  const entered = { details: SEALED, lastDigits: '0000', form: 'person' as const, vatRegistered: false, locale: 'th' }
  await tx.insert(s.payeeAccounts).values({ id: accountId, ...payee, ...entered, createdAt: AT, usableFrom: AT })
  await tx.insert(s.payeeTerms).values({ studioId, ...payee, withholdingBp: 300, changedAt: AT })
  const drafted = { state: 'drafted' as const, salesUntil: AT, draftedAt: AT }
  await tx.insert(s.payoutBatches).values({ id: batchId, number: batchId, studioId, ...drafted })
  const amounts = { gross: 1, base: 1, withholdingBp: 300, withheld: 0, net: 1 }
  const line = { batchId, position: 1, studioId, accountId, ...payee, ...amounts, state: 'drafted' as const }
  await tx.insert(s.payoutLines).values({ id: newId(), ...line })
}

/** With its posting, which the database asks for at commit. */
async function addAdjustment({ tx, studioId }: Pick<Made, 'tx' | 'studioId'>): Promise<void> {
  const [id, postingId, from, to] = [newId(), newId(), newId(), newId()]
  const owners = { fromOwner: newId(), toOwner: newId() }
  const moves = { fromKind: 'photographer_payable', toKind: 'organizer_payable', ...owners, amount: 1 } as const
  await tx.insert(s.ledgerAccounts).values([
    { id: from, kind: moves.fromKind, ownerId: owners.fromOwner },
    { id: to, kind: moves.toKind, ownerId: owners.toOwner },
  ])
  await tx.insert(s.ledgerAdjustments).values({ id, studioId, reference: id, reason: '-', ...moves, createdAt: AT })
  const source = { kind: 'adjustment' as const, sourceKind: 'adjustment' as const, sourceId: id }
  await tx.insert(s.ledgerPostings).values({ id: postingId, ...source })
  await tx.insert(s.ledgerEntries).values([
    { id: newId(), postingId, accountId: from, amount: 1 },
    { id: newId(), postingId, accountId: to, amount: -1 },
  ])
}

async function addPosting(of: {
  tx: Made['tx']
  orderId: string
  lineId: string
  eventId: string
  postingId: string
  receiptId: string
}): Promise<void> {
  const { tx, orderId, lineId, eventId, postingId, receiptId } = of
  const [gateway, photographer] = [newId(), newId()]
  await tx.insert(s.ledgerAccounts).values([
    { id: gateway, kind: 'organizer_payable', ownerId: newId() },
    { id: photographer, kind: 'photographer_payable', ownerId: newId() },
  ])
  const source = { kind: 'sale' as const, sourceKind: 'receipt' as const, sourceId: receiptId }
  await tx.insert(s.ledgerPostings).values({ id: postingId, ...source, orderId })
  await tx.insert(s.ledgerEntries).values([
    { id: newId(), postingId, accountId: gateway, amount: 1 },
    { id: newId(), postingId, accountId: photographer, amount: -1, lineId, eventId },
  ])
}

async function addDocument({ tx, studioId, orderId }: Pick<Made, 'tx' | 'studioId'> & { orderId: string }) {
  const [documentId, period] = [newId(), '2026-11']
  const seller = { studioId, name: '-', address: '-', taxId: SEALED, changedAt: AT }
  await tx.insert(s.studioSellers).values(seller)
  await tx.insert(s.orderTaxData).values({ orderId, details: SEALED })
  await tx.insert(s.documentCounts).values({ studioId, kind: 'receipt', period, last: 1 })
  const fact = { sourceKind: 'order' as const, sourceId: orderId, kind: 'receipt' as const, period, count: 1 }
  const amounts = { total: 1, taxable: 0, vat: 0, issuedAt: AT, datedAt: AT, contentHash: '-' }
  await tx.insert(s.documents).values({ id: documentId, studioId, orderId, number: '1', ...fact, ...amounts })
  await tx.insert(s.documentContents).values({ documentId, content: SEALED })
  await tx.insert(s.documentFiles).values({ documentId, bytes: 1, sha256: '-', drawnAt: AT })
}
