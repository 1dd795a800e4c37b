import type { EventPageData, HomePageData } from '@pix/contracts/page-data.ts'
import { COVER_SIZES, coverPicture, HERO_SIZES, pictureSrcset } from '@pix/contracts/pictures.ts'
import { type PhotoTile, pictureUrl } from '@pix/contracts/photos.ts'
import { escapeHtml } from '@pix/domain/escape-html.ts'
import { foldedPlaces } from '@pix/domain/folded-places.ts'
import { groupByHour } from '@pix/domain/group-by-hour.ts'
import { hasSeveralDays } from '@pix/domain/has-several-days.ts'
import { aspectOf, gridRows, PHONE_GRID, type Row } from '@pix/domain/justified-rows.ts'
import type { Locale } from './words.ts'

// The top of a page while the application loads: its pictures, in the same places (web/src/ui/styles/first-screen.css).

/** Tiles that a phone's first screen of a gallery shows at least; they are fetched before the scripts. */
export const FIRST_TILES = 9

/** The event's cover and its name. */
export function eventScreen({ event }: EventPageData, locale: Locale): string {
  const cover = coverPicture(event)
  const picture = cover ? image(cover.src, cover.srcset, COVER_SIZES, ' fetchpriority="high"') : ''
  const name = escapeHtml(event.name[locale] || event.name.th)
  return `<div class="first-screen"><div class="first-cover stage">${picture}<p class="wrap">${name}</p></div></div>`
}

/** The first rows of a gallery on a phone, where the application puts them (web/src/shop/photos). */
export function galleryScreen({ event, photos, bursts }: EventPageData): string {
  const parts = ['<div class="first-head"></div>']
  if (event.timeline.length > 1)
    parts.push(`<div class="first-ribbon${hasSeveralDays(event) ? ' two-lines' : ''}"></div>`)
  const hours = groupByHour(photos.map(({ takenAt }) => (takenAt === null ? null : Date.parse(takenAt))))
  const folded = foldedPlaces(bursts)
  let shown = 0
  for (const { hour, start, end } of hours) {
    if (shown >= FIRST_TILES) break
    const ofHour = photos.slice(start, end).filter((_, at) => !folded.has(start + at))
    if (ofHour.length === 0) continue
    if (hours.length > 1 || hour !== null) parts.push('<div class="first-hour"></div>')
    for (const row of gridRows(ofHour.map(aspectOf), PHONE_GRID).rows) {
      if (shown >= FIRST_TILES) break
      parts.push(rowOf(ofHour.slice(row.start, row.end), row))
      shown += row.end - row.start
    }
  }
  return `<div class="first-rows wrap">${parts.join('')}</div>`
}

function rowOf(photos: readonly PhotoTile[], { full, height }: Row): string {
  const tiles = photos.map(photo => {
    const aspect = aspectOf(photo)
    const wide = full ? `flex:${aspect}` : `width:${((aspect * height * 100) / PHONE_GRID).toFixed(3)}%`
    return image(pictureUrl(photo, 'medium'), undefined, '', ` style="${wide};aspect-ratio:${aspect}"`)
  })
  return `<div class="first-row">${tiles.join('')}</div>`
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
