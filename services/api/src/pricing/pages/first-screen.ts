import type { EventPageData, HomePageData } from '@pix/contracts/page-data.ts'
import { COVER_SIZES, coverPicture, HERO_SIZES, pictureSrcset } from '@pix/contracts/pictures.ts'
import { type PhotoTile, pictureUrl } from '@pix/contracts/photos.ts'
import { escapeHtml } from './escape.ts'
import type { Locale } from './words.ts'

// The top of a page while the application loads: its pictures, in the same places (web/src/app/styles/first-screen.css).

/** Points of a row on a phone, and how high it is to be (web/src/ui/use-grid-rows.ts). */
const ROW = { width: 328, height: 112 }

/** The event's cover and its name. */
export function eventScreen({ event }: EventPageData, locale: Locale): string {
  const cover = coverPicture(event)
  const picture = cover ? image(cover.src, cover.srcset, COVER_SIZES, ' fetchpriority="high"') : ''
  const name = escapeHtml(event.name[locale] || event.name.th)
  return `<div class="first-screen"><div class="first-cover stage">${picture}<p class="wrap">${name}</p></div></div>`
}

/** The first rows of a gallery on a phone. */
export function galleryScreen(photos: readonly PhotoTile[], count: number): string {
  const rows: PhotoTile[][] = []
  let row: PhotoTile[] = []
  for (const photo of photos.slice(0, count)) {
    // As the grid does: the row ends where it is nearer to its height without the next photo.
    if (row.length > 0 && offHeight(row) <= offHeight([...row, photo])) {
      rows.push(row)
      row = []
    }
    row.push(photo)
  }
  return `<div class="first-rows wrap">${rows.map(row => `<div>${row.map(tile).join('')}</div>`).join('')}</div>`
}

const tile = (photo: PhotoTile): string => {
  const aspect = (photo.width / photo.height).toFixed(3)
  return image(pictureUrl(photo, 'medium'), undefined, '', ` style="flex:${aspect};aspect-ratio:${aspect}"`)
}

/** How far from its height a row of these is. */
function offHeight(row: readonly PhotoTile[]): number {
  const aspects = row.reduce((sum, { width, height }) => sum + width / height, 0)
  return Math.abs(ROW.width / aspects - ROW.height)
}

/** The pictures of the home page's hero. */
export function homeScreen({ hero }: HomePageData): string {
  if (hero.length === 0) return ''
  const pictures = hero.map(photo =>
    image(pictureUrl(photo, 'medium'), pictureSrcset(photo, photo.width / photo.height), HERO_SIZES),
  )
  return `<div class="first-screen first-hero stage">${pictures.join('')}</div>`
}

function image(src: string, srcset: string | undefined, sizes: string, more = ''): string {
  const choice = srcset ? ` srcset="${escapeHtml(srcset)}" sizes="${escapeHtml(sizes)}"` : ''
  return `<img src="${escapeHtml(src)}"${choice} alt=""${more}>`
}
