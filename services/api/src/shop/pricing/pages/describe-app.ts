import { nameIn } from '../../../base/name-in.ts'
import type { Storefront } from '../../../base/storefront.ts'
import { type Locale, words } from './words.ts'

/** Of the web's tokens: the stage, and the ground of the light theme. */
const STAGE = '#14120E'
const GROUND = '#FFFFFF'

/** The icons that the build draws from our mark (web/vite/app-icons.ts). */
const ICONS = [
  { name: 'plain-192', sizes: '192x192', purpose: 'any' },
  { name: 'plain-512', sizes: '512x512', purpose: 'any' },
  { name: 'maskable-512', sizes: '512x512', purpose: 'maskable' },
].map(({ name, sizes, purpose }) => ({ src: `/icons/${name}.png`, sizes, type: 'image/png', purpose }))

/** The manifest of a storefront: a studio's shop is installed under the studio's name. */
export function describeApp({ studio }: Storefront, locale: Locale) {
  const { home, shop, myPhotos, cart } = words(locale)
  const name = studio ? nameIn(studio, locale) : 'ThePixStock'
  return {
    id: '/',
    name,
    short_name: name,
    description: studio ? shop(name) : home,
    lang: locale,
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: STAGE,
    background_color: GROUND,
    categories: ['photo', 'shopping'],
    icons: ICONS,
    shortcuts: [
      { name: myPhotos, url: '/my-photos' },
      { name: cart, url: '/cart' },
    ],
  }
}
