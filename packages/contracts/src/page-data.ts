import type { UnlistedContract } from './contract.ts'
import type { EventDetail, EventSummary } from './events.ts'
import type { PhotoTile } from './photos.ts'
import type { Package } from './pricing.ts'
import type { Storefront } from './storefront.ts'

/** Id of the `<script type="application/json">` by which a page's HTML brings what the page would ask for first. */
export const PAGE_DATA_ID = 'page-data'

const page = (url: string) =>
  ({
    method: 'GET',
    url,
    config: { access: 'public', limit: 'default', root: true, atAnyHost: true },
    schema: { hide: true },
  }) as const satisfies UnlistedContract

/** The pages whose HTML the api fills with what they show; every other page is the web's own. */
export const homePage = page('/')
export const eventPage = page('/events/:slug')
export const pagesBelowEvent = page('/events/:slug/*')
export const portfolioPage = page('/p/:slug')
/** What an installed shop is called and looks like (https://www.w3.org/TR/appmanifest/), of each storefront its own. */
export const appManifest = page('/manifest.webmanifest')

/** Photos of an event that its page begins with; the list is asked for with the same limit. */
export const FIRST_PHOTOS = 40
/** Events that the home page begins with. */
export const FIRST_EVENTS = 12
/** The number of pictures in the home page's hero. They are taken from so many events in turns. */
export const HERO_PHOTOS = 5
export const HERO_EVENTS = 3

/**
 * The data of `/events/:slug` and `/events/:slug/photos`: the answers of getEvent, listEventPackages and the first page
 * of listPhotos, with the bursts among these.
 */
export interface EventPageData {
  event: EventDetail
  packages: Package[]
  photos: PhotoTile[]
  /** As getPhotoLayout says them: places in `photos`. */
  bursts: number[][]
}

/** The data of `/`: the answers of listEvents and listPackages, and the photos of the hero. */
export interface HomePageData {
  events: { items: EventSummary[]; nextCursor: string | null }
  packages: Package[]
  hero: PhotoTile[]
}

export interface PageData {
  /** The answer of readStorefront. */
  storefront?: Storefront
  event?: EventPageData
  home?: HomePageData
}

/** Takes one item of each list, then the next of each, until there are enough. */
export function takeTurns<T>(lists: readonly (readonly T[])[], count: number): T[] {
  const longest = Math.max(0, ...lists.map(list => list.length))
  const turns = Array.from({ length: longest }, (_, at) => lists.flatMap(list => list[at] ?? []))
  return turns.flat().slice(0, count)
}
