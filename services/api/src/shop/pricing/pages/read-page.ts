import {
  type EventPageData,
  FIRST_EVENTS,
  FIRST_PHOTOS,
  HERO_EVENTS,
  HERO_PHOTOS,
  type HomePageData,
  takeTurns,
} from '@pix/contracts/page-data.ts'
import type { PublicPortfolio } from '@pix/contracts/photographers.ts'
import { asStranger, type Context } from '../../../base/context.ts'
import { beginGallery, findPortfolio, listEvents, listPhotos } from '../../../catalogue/photos/index.ts'
import { Problem } from '../../../base/problem.ts'
import { findEvent } from '../events/find-event.ts'
import { packagesOfShop, packagesOfEvent } from '../queries.ts'

const NAME = /^[A-Za-z0-9-]{1,120}$/

/**
 * What an event's page asks for first, as a stranger sees it: a signed-in person's browser asks again.
 *
 * @returns null for an event that the public may not see, as for one that does not exist
 */
export async function readEventPage(ctx: Context, idOrSlug: string): Promise<EventPageData | null> {
  if (!NAME.test(idOrSlug)) return null
  const stranger = asStranger(ctx)
  return orNull(async () => {
    const event = await findEvent(stranger, idOrSlug)
    const [packages, begun] = await Promise.all([
      packagesOfEvent(ctx, event.id),
      beginGallery(stranger, event.id, FIRST_PHOTOS),
    ])
    return { event, packages, ...begun }
  })
}

/** A photographer's public page; null where there is none, or it is not shown. */
export const readPortfolioPage = async (ctx: Context, slug: string): Promise<PublicPortfolio | null> =>
  NAME.test(slug) ? orNull(() => findPortfolio(asStranger(ctx), slug)) : null

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return null
    throw error
  }
}

/** What the home page asks for first. */
export async function readHomePage(ctx: Context): Promise<HomePageData> {
  const stranger = asStranger(ctx)
  const [events, packages] = await Promise.all([
    listEvents(stranger, { limit: FIRST_EVENTS, scope: 'public', order: 'newest' }),
    packagesOfShop(ctx),
  ])
  const shown = events.items.slice(0, HERO_EVENTS).filter(event => event.photoCount > 0)
  const lists = await Promise.all(shown.map(event => firstPhotos(stranger, event.id)))
  return { events, packages, hero: takeTurns(lists, HERO_PHOTOS) }
}

/** None of an event that left the sale since it was listed. */
async function firstPhotos(ctx: Context, eventId: string) {
  const found = await orNull(() => listPhotos(ctx, eventId, { limit: HERO_PHOTOS }))
  return found?.items ?? []
}
