import { createHmac } from 'node:crypto'
import type { Carts } from '@pix/contracts/cart.ts'
import type { MadeGift } from '@pix/contracts/gifts.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { orderCodes, orders } from '@pix/db/schema/orders.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { cameraLogins } from '@pix/db/schema/cameras.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { favourites } from '@pix/db/schema/favourites.ts'
import { faces, resumableUploads } from '@pix/db/schema/photos.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { newId } from '@pix/db/ids.ts'
import { registerFaceWorker } from '@pix/jobs/face-workers.ts'
import { originalKey, previewKey, thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { stopToken } from '../../people/accounts/index.ts'
import type { Visitor } from '../../catalogue/faces/testing.ts'
import { type Shop, WEBHOOK_SECRET } from '../../money/payments/bank-testing.ts'
import { photoWithFace, probe } from '../faces.ts'
import { hashPassword } from '../../people/accounts/index.ts'
import { hashesOfCode, newLinkToken } from '../../base/codes.ts'
import { testJpeg } from '../images.ts'
import { addPaidOrder } from '../paid-order.ts'

export const PASSWORD = 'a password for one test'
/** argon2id of PASSWORD at the least cost. */
export const PASSWORD_HASH =
  '$argon2id$v=19$m=8,t=1,p=1$gRx7TmZ9JLPH+Ui5hPXHyg$PbvXKtrMszmRRGSoP0W5ewWn0JZgX/ZsFvihbqL2Ej0'

/** Opens the events by code. */
export const CODE = 'LETMEIN'

interface Given {
  event: Awaited<ReturnType<Shop['event']>>
  photographerId: string
  /** Whose orders, cart and searches they are. */
  buyer: Visitor
  /** What the planned event has besides: its organizer, its studio. */
  like: Partial<typeof events.$inferInsert>
}

/** What a request may name of one event; each is made when a request first needs it. */
export function makeObjects(shop: Shop, given: Given) {
  return {
    shop,
    db: shop.db,
    event: given.event,
    ...photosOf(shop, given),
    ...salesOf(shop, given),
    ...accountsOf(shop),
  }
}
export type Objects = ReturnType<typeof makeObjects>

/** Makes it when it is first asked for, once. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function photosOf(t: Shop, { event, photographerId, buyer, like }: Given) {
  const store = async (key: string) =>
    t.storage.put(MAIN_BUCKET, key, await testJpeg(1, { width: 320, height: 240 }), { contentType: 'image/jpeg' })
  const photo = once(async () => {
    const made = await t.photo(event.id, photographerId)
    await store(thumbnailKey(event.id, 'small', made.id))
    return made
  })
  const byCode = async () => {
    const made = await t.event({ ...like, visibility: 'code', codeHash: await hashPassword(CODE) })
    await t.invite(made.id, photographerId)
    return made
  }
  const hiddenEvent = once(byCode)
  const pending = { approval: 'pending' } as const
  const person = once(async () => {
    const { photo: shown, faceId } = await photoWithFace(t, event.id, photographerId)
    await t.db.update(faces).set({ personId: faceId }).where(eq(faces.id, faceId))
    await store(previewKey(event.id, shown.id))
    return { faceId, photoId: shown.id }
  })
  return {
    /** Not on sale yet, with the same people. */
    plannedEvent: once(async () => {
      const planned = await t.event({ ...like, status: 'open' })
      await t.invite(planned.id, photographerId)
      return planned
    }),
    hiddenEvent,
    hiddenPhoto: once(async () => {
      const { id } = await hiddenEvent()
      const made = await t.photo(id, photographerId)
      await store(thumbnailKey(id, 'small', made.id))
      return made
    }),
    /** Another than the hidden one: who opens it sees it. */
    openableEvent: once(byCode),
    photo,
    /** Another one at each call. */
    freshPhoto: () => t.photo(event.id, photographerId),
    pendingPhoto: once(() => t.photo(event.id, photographerId, pending)),
    failedPhoto: once(() =>
      t.photo(event.id, photographerId, { ...pending, state: 'failed', failure: 'damaged', processedAt: null }),
    ),
    /** Begun by the photographer. */
    resumableUpload: once(async () => {
      const upload = {
        id: newId(),
        eventId: event.id,
        photographerId,
        fileName: 'a.jpg',
        bytes: 9,
        createdAt: t.deps.now(),
      }
      await t.db.insert(resumableUploads).values(upload)
      return upload
    }),
    /** A login for a camera of the photographer. */
    cameraLogin: once(async () => {
      const id = newId()
      const login = { userName: `cam-${id.slice(-8).replaceAll(/[01]/g, 'z')}`, passwordHash: '-' }
      await t.db.insert(cameraLogins).values({ id, eventId: event.id, photographerId, ...login })
      return id
    }),
    original: (photoId: string) => store(originalKey(event.id, photoId, 'jpg')),
    person,
    /** A favourite of the buyer. @returns the photo's id */
    favourite: once(async () => {
      const { id: photoId } = await t.photo(event.id, photographerId)
      await t.db.insert(favourites).values({ id: newId(), sessionId: buyer.sessionId, eventId: event.id, photoId })
      return photoId
    }),
    /** What a letter's link brings to end such letters of the photographer. */
    stopToken: () => stopToken(t.deps, { userId: photographerId, choice: 'morning' }),
    /** The portfolio of the photographer. @returns its slug */
    portfolio: once(async () => {
      const slug = `nok-${newId().slice(-12)}`
      const said = { userId: photographerId, slug, name: 'Nok', about: '', shown: true, changedAt: t.deps.now() }
      await t.db.insert(portfolios).values(said).onConflictDoUpdate({ target: portfolios.userId, set: said })
      return slug
    }),
    /** A search of the buyer's that found the person. */
    search: once(async () => {
      const { id } = (await probe(t, buyer, event.id)).json<{ id: string }>()
      const { faceId, photoId } = await person()
      const match = { searchId: id, photoId, faceId, distance: 0.1, confidence: 0.99, band: 'sure' as const }
      await t.db.insert(searchMatches).values(match)
      await t.db.update(searches).set({ state: 'done', photoCount: 1 }).where(eq(searches.id, id))
      return { id, photoId }
    }),
    /** The buyer does not want to be found, and the search was not sure of the person's face. */
    objection: once(async () => {
      const [id, token] = [newId(), newId()]
      const asked = { kind: 'hide' as const, locale: 'th', askedAt: new Date(), faceCount: 1 }
      const of = { searchId: newId(), sessionId: buyer.sessionId, linkHash: hashToken(token) }
      await t.db.insert(objections).values({ id, eventId: event.id, ...of, ...asked })
      const { faceId } = await person()
      await t.db.insert(hiddenFaces).values({ objectionId: id, eventId: event.id, faceId, unsure: true })
      return { id, token }
    }),
    /** The token of an alert's letter; another one at each call. */
    alertToken: async () => {
      const token = newLinkToken()
      const asked = { email: `${newId()}@test.example`, locale: 'th', linkHash: hashToken(token), askedAt: new Date() }
      await t.db.insert(eventAlerts).values({ id: newId(), eventId: event.id, ...asked })
      return token
    },
    /** The event's photos have been read with the older engine, and a worker has both. */
    readByOldEngine: once(async () => {
      await registerFaceWorker(t.deps.redis, { name: 'a', engines: ['sface', 'face-api'], wanted: 'sface' })
      await t.db.update(events).set({ faceModel: MODEL_VERSIONS['face-api'] }).where(eq(events.id, event.id))
    }),
    reread: once(async () => {
      const [fromModel, toModel] = [MODEL_VERSIONS['face-api'], MODEL_VERSIONS.sface]
      const asked = { fromModel, toModel, askedAt: new Date(), askedRevision: 0 }
      await t.db.insert(faceRereads).values({ id: newId(), eventId: event.id, ...asked })
    }),
  }
}

function salesOf(t: Shop, { event, photographerId, buyer }: Given) {
  const cartItem = once(async () => {
    const photoIds = [(await t.photo(event.id, photographerId)).id]
    return (await t.post(buyer, '/api/cart/items', { photoIds })).json<Carts>().items[0]!.events[0]!.items[0]!
  })
  const openOrder = once(async () => {
    await cartItem()
    const [cart] = (await t.get(buyer, '/api/cart')).json<Carts>().items
    return (await t.order(buyer, cart!.total.amount)).json<{ id: string }>()
  })
  const payment = once(async () => (await t.payment(buyer, (await openOrder()).id)).json<{ id: string }>())
  const paidOrder = once(async () => {
    const bought = await t.photo(event.id, photographerId)
    return { id: await addPaidOrder(t.db, buyer.sessionId, [bought]), photoId: bought.id }
  })
  return {
    cartItem,
    cartId: async () => {
      await cartItem()
      return (await t.get(buyer, '/api/cart')).json<Carts>().items[0]!.id
    },
    openOrder,
    /** The token of the letter's link, of the paid order. */
    linkToken: async () => {
      const [token, { id }] = [newLinkToken(), await paidOrder()]
      await t.db
        .update(orders)
        .set({ linkHash: hashToken(token) })
        .where(eq(orders.id, id))
      return token
    },
    /** That was mailed to the paid order's address. */
    orderCode: async () => {
      const [code, { id }] = ['123456', await paidOrder()]
      const [codeHash, expiresAt] = [hashesOfCode(t.deps, id, code)[0]!, new Date(Date.now() + 600_000)]
      await t.db.insert(orderCodes).values({ id: newId(), orderId: id, codeHash, expiresAt })
      return code
    },
    payment,
    paidOrder,
    /** The paid order's photo, given by a link. */
    gift: once(async () => {
      const { id: orderId, photoId } = await paidOrder()
      const made = await t.post(buyer, `/api/orders/${orderId}/gifts`, { photoIds: [photoId] })
      const { gift, link } = made.json<MadeGift>()
      return { id: gift.id, orderId, photoId, token: new URL(link).hash.slice(1) }
    }),
    /** The buyer's browser gave the code that was mailed to its address. */
    openedOrder: once(async () => {
      const [{ id: orderId }, { sessionId }] = [await paidOrder(), buyer]
      const until = new Date(Date.now() + 86_400_000)
      await t.db.insert(orderAccess).values({ orderId, sessionId, grantedAt: new Date(), until })
      return { id: orderId }
    }),
    /** What the bank sends when the payment has come in. */
    announcement: async () => {
      const [row] = await t.db
        .select()
        .from(payments)
        .where(eq(payments.id, (await payment()).id))
      const data = JSON.stringify({ trans_id: row!.transId, amount: '60.00', payment_status: 'pending' })
      return `{"data":${data},"signature":"${createHmac('sha256', WEBHOOK_SECRET).update(data).digest('hex')}"}`
    },
  }
}

function accountsOf(t: Shop) {
  return {
    newPhotographer: () => t.user('photographer'),
    testLetter: once(async () => {
      const id = newId()
      const words = { template: 'test_letter', locale: 'en', facts: {} } as const
      await t.db.insert(outgoingMail).values({ id, ...words, recipient: 'admin@test.example', dedupeKey: id })
      return id
    }),
    /** Somebody who can sign in, and the cookie of having done so. */
    account: once(async () => {
      const { email } = await t.user('customer', { passwordHash: PASSWORD_HASH })
      const answer = await t.app.inject({
        method: 'POST',
        url: '/api/auth/login',
        payload: { email, password: PASSWORD },
      })
      const cookie = answer.cookies.find(({ name }) => name.includes('refresh'))
      return { email, refreshCookie: `${cookie?.name}=${cookie?.value}` }
    }),
  }
}
