import {
  type EventPageData,
  FIRST_EVENTS,
  FIRST_PHOTOS,
  HERO_EVENTS,
  HERO_PHOTOS,
  type HomePageData,
  takeTurns,
} from '@pix/contracts/page-data.ts'
import type { Deps } from '../../../base/deps.ts'
import { findEvent, listEvents } from '../../../catalogue/events/index.ts'
import { listPhotos } from '../../../catalogue/photos/index.ts'
import { Problem } from '../../../base/problem.ts'
import { globalPackages, packagesOfEvent } from '../queries.ts'

const NAME = /^[A-Za-z0-9-]{1,120}$/

/**
 * What an event's page asks for first, as a stranger sees it: whoever is signed in asks again.
 *
 * @returns null for an event that the public may not see, as for one that does not exist
 */
export async function readEventPage(deps: Deps, idOrSlug: string): Promise<EventPageData | null> {
  if (!NAME.test(idOrSlug)) return null
  try {
    const event = await findEvent(deps, idOrSlug, null)
    const [packages, photos] = await Promise.all([
      packagesOfEvent(deps.db, event.id),
      listPhotos(deps, event.id, { limit: FIRST_PHOTOS }, null),
    ])
    return { event, packages, photos: photos.items }
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return null
    throw error
  }
}

/** What the home page asks for first. */
export async function readHomePage(deps: Deps): Promise<HomePageData> {
  const [events, packages] = await Promise.all([
    listEvents(deps, { limit: FIRST_EVENTS, scope: 'public' }, null),
    globalPackages(deps.db),
  ])
  const shown = events.items.slice(0, HERO_EVENTS).filter(event => event.photoCount > 0)
  const lists = await Promise.all(shown.map(event => firstPhotos(deps, event.id)))
  return { events, packages, hero: takeTurns(lists, HERO_PHOTOS) }
}

/** None of an event that left the sale since it was listed. */
async function firstPhotos(deps: Deps, eventId: string) {
  const found = await listPhotos(deps, eventId, { limit: HERO_PHOTOS }, null).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'not_found') return { items: [] }
    throw error
  })
  return found.items
}
