import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '@pix/db/client.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { newId } from '@pix/db/ids.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches } from '@pix/db/schema/searches.ts'
import type { Viewer } from './live-viewers.ts'

const PRICE = 6_000
/** What a bank's QR weighs. */
const QR_BYTES = 4_000
const HOUR_MS = 3_600_000
const ROWS_PER_INSERT = 500

/** Visitors in the database, each with open payments and with searches that wait for a face to be chosen. */
export async function fillViewers(
  db: Db,
  eventId: string,
  { visitors, streamsEach }: { visitors: number; streamsEach: number },
): Promise<Viewer[]> {
  const rules = await db.execute<{ id: string }>('select id from split_rules where event_id is null limit 1')
  const { rows: found } = await db.execute<{ id: string; photographerId: string }>(
    `select id, photographer_id as "photographerId" from photos where event_id = '${eventId}' limit 1`,
  )
  const made = { rule: rules.rows[0]!.id, photo: found[0]!, eventId }
  const viewers: Viewer[] = []
  const rows = emptyRows()
  for (let i = 0; i < visitors; i += 1) {
    const sessionId = newId()
    const token = randomBytes(32).toString('base64url')
    const tokenHash = createHash('sha256').update(token).digest('hex')
    rows.sessions.push({ id: sessionId, tokenHash, expiresAt: new Date(Date.now() + 24 * HOUR_MS) })
    const paths: string[] = []
    for (let n = 0; n < streamsEach; n += 1) {
      const isPayment = n % 2 === 0
      const id = isPayment ? addPayment(rows, sessionId, made) : addSearch(rows, sessionId, eventId)
      paths.push(isPayment ? `/api/payment/${id}/status` : `/api/face/search/${id}/status`)
    }
    viewers.push({ token, address: `172.${16 + (i >> 14)}.${(i >> 6) & 255}.${1 + (i & 63)}`, paths })
  }
  await store(db, rows)
  return viewers
}

function emptyRows() {
  return {
    sessions: [] as (typeof sessions.$inferInsert)[],
    orders: [] as (typeof orders.$inferInsert)[],
    orderEvents: [] as (typeof orderEvents.$inferInsert)[],
    orderLines: [] as (typeof orderLines.$inferInsert)[],
    payments: [] as (typeof payments.$inferInsert)[],
    consents: [] as (typeof consents.$inferInsert)[],
    searches: [] as (typeof searches.$inferInsert)[],
  }
}
type Rows = ReturnType<typeof emptyRows>

function addPayment(
  rows: Rows,
  sessionId: string,
  { rule, photo, eventId }: { rule: string; photo: { id: string; photographerId: string }; eventId: string },
): string {
  const [orderId, id, number] = [newId(), newId(), rows.orders.length]
  const total = { amount: PRICE, currency: 'THB' as const }
  const expiresAt = new Date(Date.now() + HOUR_MS)
  rows.orders.push({
    id: orderId,
    number: `PX-2026-B${number}`,
    studioId: HOUSE_STUDIO,
    sessionId,
    email: 'bench@bench.test',
    locale: 'en',
    status: 'awaiting_payment',
    total: PRICE,
    expiresAt,
  })
  rows.orderEvents.push({
    orderId,
    studioId: HOUSE_STUDIO,
    eventId,
    position: 0,
    offer: { lines: [], total, photos: 1 },
    splitRuleId: rule,
  })
  const { id: photoId, photographerId } = photo
  const line = { id: newId(), orderId, eventId, photoId, photographerId, unitPrice: PRICE, position: 0 }
  rows.orderLines.push({ kind: 'photo', ...line })
  rows.payments.push({
    id,
    orderId,
    attempt: 1,
    gateway: 'paynoi',
    ref1: `PXB${number}`,
    state: 'pending',
    amountAsked: PRICE,
    amountDue: PRICE,
    transId: `bench-${number}`,
    qrImage: randomBytes(QR_BYTES),
    expiresAt,
    nextCheckAt: new Date(Date.now() + 3_000),
  })
  return id
}

function addSearch(rows: Rows, sessionId: string, eventId: string): string {
  const [id, consentId] = [newId(), newId()]
  // A version of before 26 November 2026, which needs no wording.
  rows.consents.push({ id: consentId, sessionId, eventId, purpose: 'face_search', version: '1' })
  const faceBoxes = [
    { x: 0.1, y: 0.1, width: 0.2, height: 0.2 },
    { x: 0.6, y: 0.1, width: 0.2, height: 0.2 },
  ]
  rows.searches.push({ id, sessionId, eventId, consentId, source: 'embedding', state: 'choose_face', faceBoxes })
  return id
}

const slices = <T>(all: T[]) =>
  Array.from({ length: Math.ceil(all.length / ROWS_PER_INSERT) }, (_, i) =>
    all.slice(i * ROWS_PER_INSERT, (i + 1) * ROWS_PER_INSERT),
  )

/** An order and its lines agree at each commit. */
async function store(db: Db, rows: Rows): Promise<void> {
  await db.transaction(async tx => {
    for (const some of slices(rows.sessions)) await tx.insert(sessions).values(some)
    for (const some of slices(rows.orders)) await tx.insert(orders).values(some)
    for (const some of slices(rows.orderEvents)) await tx.insert(orderEvents).values(some)
    for (const some of slices(rows.orderLines)) await tx.insert(orderLines).values(some)
    for (const some of slices(rows.payments)) await tx.insert(payments).values(some)
    for (const some of slices(rows.consents)) await tx.insert(consents).values(some)
    for (const some of slices(rows.searches)) await tx.insert(searches).values(some)
  })
}
