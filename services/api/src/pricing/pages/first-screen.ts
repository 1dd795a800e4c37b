import type { EventPageData } from '@pix/contracts/page-data.ts'
import { COVER_SIZES, coverPicture } from '@pix/contracts/pictures.ts'
import { escapeHtml } from './escape.ts'
import type { Locale } from './words.ts'

/** The top of the event's page while the application loads: its cover and its name, in the same places. */
export function eventScreen({ event }: EventPageData, locale: Locale): string {
  const cover = coverPicture(event)
  const srcset = cover?.srcset ? ` srcset="${escapeHtml(cover.srcset)}" sizes="${COVER_SIZES}"` : ''
  const picture = cover ? `<img src="${escapeHtml(cover.src)}"${srcset} alt="" fetchpriority="high">` : ''
  const name = escapeHtml(event.name[locale] || event.name.th)
  return `<div class="first-screen"><div class="first-cover stage">${picture}<p class="wrap">${name}</p></div></div>`
}
