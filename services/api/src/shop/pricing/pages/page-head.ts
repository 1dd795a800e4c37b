import type { EventPageData, HomePageData } from '@pix/contracts/page-data.ts'
import { COVER_SIZES, coverPicture, HERO_SIZES, pictureSide, pictureSrcset } from '@pix/contracts/pictures.ts'
import type { PublicPortfolio } from '@pix/contracts/photographers.ts'
import { pictureUrl } from '@pix/contracts/photos.ts'
import { escapeHtml } from '@pix/domain/escape-html.ts'
import { foldedPlaces } from '@pix/domain/folded-places.ts'
import { PICTURE_BOXES } from '@pix/domain/picture-sizes.ts'
import { nameIn } from '../../../base/name-in.ts'
import { FIRST_TILES } from './first-screen.ts'
import type { Storefront } from '../../../base/storefront.ts'
import { eventData } from './structured-data.ts'
import { eventFacts, portfolioFacts, type Locale, other, words } from './words.ts'

const MARKETPLACE = 'ThePixStock'
/** Facebook and LINE cut earlier. */
const LONGEST = 300

/** The page of an event that this address leads to. */
export type EventView = 'event' | 'gallery' | 'below'

interface Head {
  /** Null names the shop alone. */
  title: string | null
  description: string
  /** Path below the shop's origin. */
  path: string
  locale: Locale
  noindex?: boolean
  /** Path, and pixels where they are known. */
  image?: { path: string; width?: number; height?: number; alt: string } | undefined
  preloads?: string[]
  /** Structured data (JSON-LD) that describes the page to search engines. */
  data?: string
}

/** Title, text and picture of an event, first in the reader's language, with the name in the other one behind. */
export function eventHead(storefront: Storefront, data: EventPageData, view: EventView, locale: Locale): string {
  const { event } = data
  const name = event.name[locale] || event.name.th
  const second = event.name[other(locale)]
  const inBoth = second && second !== name ? [`${second}: ${eventFacts(event, other(locale))}`] : []
  const noindex = isHidden(event, view)
  const image = coverImage(data)
  const { origin } = storefront
  return renderHead(storefront, {
    title: view === 'gallery' ? words(locale).gallery(name) : name,
    description: [eventFacts(event, locale), ...inBoth].join(' · '),
    path: `/events/${event.slug}${view === 'gallery' ? '/photos' : ''}`,
    locale,
    noindex,
    image,
    ...(!noindex && { data: eventData(event, { origin, locale, image: image && origin + image.path }) }),
    preloads: view === 'event' ? preloadCover(event) : view === 'gallery' ? preloadTiles(data) : [],
  })
}

/** One page of a public event is to be found; the photos of people are not (spec/80), nor an event by link or code. */
export const isHidden = ({ visibility }: EventPageData['event'], view: EventView): boolean =>
  view !== 'event' || visibility !== 'public'

export function homeHead(storefront: Storefront, { hero }: HomePageData, locale: Locale): string {
  const { home, shop } = words(locale)
  return renderHead(storefront, {
    title: null,
    description: storefront.studio ? shop(shopName(storefront, locale)) : home,
    path: '/',
    locale,
    preloads: hero.map(photo =>
      preload(pictureUrl(photo, 'medium'), pictureSrcset(photo, photo.width / photo.height), HERO_SIZES),
    ),
  })
}

/** A photographer's public page: they asked to be found. */
export function portfolioHead(storefront: Storefront, portfolio: PublicPortfolio, locale: Locale): string {
  const { slug, name, about } = portfolio
  const description = [portfolioFacts(portfolio, locale), about.replaceAll(/\s+/g, ' ')].filter(Boolean).join(' · ')
  return renderHead(storefront, { title: name, description, path: `/p/${slug}`, locale })
}

/** The head of a page whose address leads to nothing of its kind. */
export function missingHead(storefront: Storefront, path: string, locale: Locale, what: 'event' | 'portfolio'): string {
  const { missing, missingText } = words(locale)[what]
  return renderHead(storefront, { title: missing, description: missingText, path, locale, noindex: true })
}

/** The head of a page at an address below the root domain that no studio has. */
export function noShopHead(marketplace: Storefront, path: string, locale: Locale): string {
  const { noShop, noShopText } = words(locale)
  return renderHead(marketplace, { title: noShop, description: noShopText, path, locale, noindex: true })
}

function shopName({ studio }: Storefront, locale: Locale): string {
  return studio ? nameIn(studio, locale) : MARKETPLACE
}

/** The cover is watermarked and of a photo on sale: what any stranger may see. */
function coverImage({ event, photos }: EventPageData): Head['image'] {
  if (!event.coverUrl) return undefined
  const alt = event.name.th
  if (!event.coverPhotoId) return { path: event.coverUrl, alt }
  const path = pictureUrl({ id: event.coverPhotoId, eventId: event.id }, 'preview')
  const known = photos.find(photo => photo.id === event.coverPhotoId)
  if (!known || known.width < PICTURE_BOXES.preview.long) return { path, alt }
  return { path, ...pictureSide('preview', known.width / known.height), alt }
}

function preloadCover(event: EventPageData['event']): string[] {
  const cover = coverPicture(event)
  return cover ? [preload(cover.src, cover.srcset, COVER_SIZES, 'high')] : []
}

/** Only for phones, where a tile is a medium picture; a wide screen's tiles differ with its width. */
function preloadTiles({ photos, bursts }: EventPageData): string[] {
  const folded = foldedPlaces(bursts)
  return photos
    .filter((_, at) => !folded.has(at))
    .slice(0, FIRST_TILES)
    .map(
      photo =>
        `<link rel="preload" as="image" href="${escapeHtml(pictureUrl(photo, 'medium'))}" media="(max-width: 599px)" fetchpriority="high">`,
    )
}

function preload(href: string, srcset: string | undefined, sizes: string, priority?: 'high'): string {
  const choice = srcset ? ` imagesrcset="${escapeHtml(srcset)}" imagesizes="${escapeHtml(sizes)}"` : ''
  return `<link rel="preload" as="image" href="${escapeHtml(href)}"${choice}${priority ? ` fetchpriority="${priority}"` : ''}>`
}

const property = (name: string, content: string | number) =>
  `<meta property="og:${name}" content="${escapeHtml(String(content))}">`
const named = (name: string, content: string) => `<meta name="${name}" content="${escapeHtml(content)}">`

function renderHead(storefront: Storefront, head: Head): string {
  const { origin, studio } = storefront
  const { locale, image } = head
  const shop = shopName(storefront, locale)
  const title = head.title === null ? shop : `${head.title} · ${shop}`
  const description = Array.from(head.description).slice(0, LONGEST).join('')
  return [
    `<title>${escapeHtml(title)}</title>`,
    ...(head.preloads ?? []),
    named('description', description),
    ...(head.noindex ? [named('robots', 'noindex, noimageindex')] : []),
    `<link rel="canonical" href="${escapeHtml(origin + head.path)}">`,
    property('type', 'website'),
    property('site_name', shop),
    // Chats show the title alone: at a storefront it says whose shop it is.
    property('title', studio ? title : (head.title ?? shop)),
    property('description', description),
    property('url', origin + head.path),
    property('locale', locale === 'th' ? 'th_TH' : 'en_US'),
    property('locale:alternate', locale === 'th' ? 'en_US' : 'th_TH'),
    ...(image
      ? [
          property('image', origin + image.path),
          property('image:type', 'image/jpeg'),
          property('image:alt', image.alt),
          ...(image.width && image.height
            ? [property('image:width', image.width), property('image:height', image.height)]
            : []),
        ]
      : []),
    named('twitter:card', image ? 'summary_large_image' : 'summary'),
    ...(head.data ? [head.data] : []),
  ].join('\n    ')
}
