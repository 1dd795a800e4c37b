import { newId } from '@pix/db/ids.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { studios } from '@pix/db/schema/studios.ts'
import type { Shop } from '../../money/payments/bank-testing.ts'
import { makeObjects, type Objects, PASSWORD_HASH } from './objects.ts'

/** Who tries every route, in the order of the table's columns. */
export const PERSONS = [
  'anonymous',
  /** A visitor without an order, and one with an order of the own event. */
  'guest',
  'buyer',
  'customer',
  /** Of the own event, of another event of its studio, and of the other studio's event. */
  'photographer',
  'colleague',
  'rival',
  /** Of the own event, and of the other. */
  'organizer',
  'otherOrganizer',
  /** A suspended platform admin: nobody could do more. */
  'suspended',
  'admin',
] as const
export type Person = (typeof PERSONS)[number]

export type Headers = Record<string, string>

/** The persons, and the objects of two studios: `own` is what photographer, organizer and buyer have to do with. */
export interface Scene {
  headers: Record<Person, Headers>
  own: Objects
  other: Objects
}

/** Rows for one cell that changes something, or for many that do not. */
export async function makeScene(t: Shop): Promise<Scene> {
  const user = (role: Parameters<Shop['user']>[0]) => t.user(role, { passwordHash: PASSWORD_HASH })
  const [photographer, colleague, rival] = [
    await user('photographer'),
    await user('photographer'),
    await user('photographer'),
  ]
  const [organizer, otherOrganizer] = [await user('organizer'), await user('organizer')]
  const [guest, buyer, stranger] = [await t.visitor(), await t.visitor(), await t.visitor()]
  const admin = await user('admin')
  const basis = { faceSearchBy: admin.id }
  const studioId = newId()
  await t.db.insert(studios).values({ id: studioId, slug: `s-${studioId.slice(-12)}`, nameTh: 'ร้าน', nameEn: 'Studio' })
  const event = async (more: object, organizerOf: { id: string }, crew: { id: string }) => {
    const organizerId = newId()
    await t.db.insert(organizers).values({ id: organizerId, name: 'Run Club', userId: organizerOf.id })
    const made = await t.event({ ...basis, organizerId, ...more })
    await t.invite(made.id, crew.id)
    return made
  }
  const [own, other] = [await event({}, organizer, photographer), await event({ studioId }, otherOrganizer, rival)]
  await t.invite((await t.event(basis)).id, colleague.id)
  const likeOf = ({ studioId: studio, organizerId }: typeof own) => ({ ...basis, studioId: studio, organizerId })
  const suspended = await t.user('admin', { passwordHash: PASSWORD_HASH, suspendedAt: new Date() })
  return {
    headers: {
      anonymous: {},
      guest: guest.headers,
      buyer: buyer.headers,
      customer: (await user('customer')).headers,
      photographer: photographer.headers,
      colleague: colleague.headers,
      rival: rival.headers,
      organizer: organizer.headers,
      otherOrganizer: otherOrganizer.headers,
      suspended: suspended.headers,
      admin: admin.headers,
    },
    own: makeObjects(t, { event: own, photographerId: photographer.id, buyer, like: likeOf(own) }),
    other: makeObjects(t, { event: other, photographerId: rival.id, buyer: stranger, like: likeOf(other) }),
  }
}
