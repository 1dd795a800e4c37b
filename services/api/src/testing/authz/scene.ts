import { newId } from '@pix/db/ids.ts'
import { organizers } from '@pix/db/schema/events.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import type { Shop } from '../../money/payments/bank-testing.ts'
import { insertKey, newKey } from '../service-keys.ts'
import { makeObjects, type Objects, once, PASSWORD_HASH } from './objects.ts'
import type { Person } from './persons.ts'

export type Headers = Record<string, string>
export type Side = 'own' | 'other'

/**
 * The persons, and the objects of two studios: `own` is what photographer, organizer and buyer have to do with. Each is made
 * when a cell first needs it.
 */
export interface Scene {
  headersOf: (person: Person) => Promise<Headers>
  objects: (side: Side) => Promise<Objects>
  /** Makes rows after what was given before is done: two cells that make the same row would be in each other's way. */
  inTurn: <T>(make: () => Promise<T>) => Promise<T>
}

/** Rows for one cell that changes something, or for many that do not. */
export function makeScene(t: Shop): Scene {
  const [own, other] = [makeSide(t), makeSide(t)]
  const headers: Record<Person, () => Promise<Headers>> = {
    anonymous: async () => ({}),
    guest: once(async () => (await t.visitor()).headers),
    buyer: async () => (await own.buyer()).headers,
    customer: signedIn(() => t.user('customer', { passwordHash: PASSWORD_HASH })),
    photographer: signedIn(own.photographer),
    colleague: signedIn(own.colleague),
    rival: signedIn(other.photographer),
    organizer: signedIn(own.organizer),
    otherOrganizer: signedIn(other.organizer),
    sales: signedIn(() => own.member('sales')),
    manager: signedIn(() => own.member('manager')),
    owner: signedIn(() => own.member('owner')),
    suspended: signedIn(() => t.user('admin', { passwordHash: PASSWORD_HASH, suspendedAt: new Date() })),
    admin: signedIn(() => t.user('admin', { passwordHash: PASSWORD_HASH })),
    studioKey: once(async () =>
      bearer(t, { studioId: await own.studioId(), createdBy: (await own.member('owner')).id }),
    ),
    platformKey: once(async () => bearer(t, { studioId: null, createdBy: (await t.user('admin')).id })),
  }
  const sides = { own, other }
  return { headersOf: person => headers[person](), objects: side => sides[side].objects(), inTurn: createTurns() }
}

function createTurns(): Scene['inTurn'] {
  let last: Promise<unknown> = Promise.resolve()
  return make => {
    const made = last.then(make)
    last = made.catch(() => undefined)
    return made
  }
}

async function bearer(t: Shop, of: { studioId: string | null; createdBy: string }): Promise<Headers> {
  const key = newKey()
  await insertKey(t, { ...of, key })
  return { authorization: `Bearer ${key}` }
}

const signedIn = (make: () => Promise<{ headers: Headers }>) => once(async () => (await make()).headers)

/** A studio, an event of it, and who has to do with that event. */
function makeSide(t: Shop) {
  const studio = once(() => t.studio())
  const basis = once(async () => ({ studioId: (await studio()).id, faceSearchBy: (await t.user('admin')).id }))
  const member = async (role: StudioRole) => t.member((await studio()).id, role, { passwordHash: PASSWORD_HASH })
  const organizer = once(async () => t.user('customer', { passwordHash: PASSWORD_HASH }))
  const photographer = once(() => member('photographer'))
  const buyer = once(() => t.visitor())
  const event = once(async () => {
    const organizerId = newId()
    await t.db.insert(organizers).values({ id: organizerId, name: 'Run Club', userId: (await organizer()).id })
    const made = await t.event({ ...(await basis()), organizerId })
    await t.invite(made.id, (await photographer()).id)
    return made
  })
  /** With the event that makes them what they are. */
  const ofEvent =
    <T>(person: () => Promise<T>) =>
    async () => {
      await event()
      return person()
    }
  return {
    studioId: async () => (await studio()).id,
    member,
    buyer,
    organizer: ofEvent(organizer),
    photographer: ofEvent(photographer),
    colleague: once(async () => {
      const made = await member('photographer')
      await t.invite((await t.event(await basis())).id, made.id)
      return made
    }),
    objects: once(async () => {
      const [of, { id: photographerId }] = [await event(), await photographer()]
      const like = { ...(await basis()), organizerId: of.organizerId }
      return makeObjects(t, { event: of, photographerId, buyer: await buyer(), like })
    }),
  }
}
