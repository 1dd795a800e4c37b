import { createClient } from '@pix/contracts/client.ts'
import { getEvent } from '@pix/contracts/events.ts'
import { listPhotos } from '@pix/contracts/photos.ts'
import type { BrowserContext, Page } from 'playwright-core'
import type { Visited } from './measure-page.ts'

const SLUG = 'riverside-night-2026'
const EVENT = `/events/${SLUG}`
const IN_CART = 6

/** The button that closes whatever lies over the page: it is there when the overlay is. */
const close = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'ปิด' }).first()

const openMenu = async (page: Page) => {
  await page.getByRole('button', { name: 'เมนู' }).tap()
  await close(page).waitFor()
  await page.keyboard.press('Escape')
  await close(page).waitFor({ state: 'detached' })
}

/** The shop's pages on the way to a bought photo, in Thai, and what a thumb does on each. */
export const PAGES: Record<string, Visited> = {
  home: {
    path: '/',
    use: async page => {
      await openMenu(page)
      await page.getByRole('searchbox').pressSequentially('river')
      await page.keyboard.press('Enter')
    },
  },
  event: {
    path: EVENT,
    use: async page => {
      await openMenu(page)
      await page.locator('main a[href$="/photos"]').first().tap()
    },
  },
  gallery: {
    path: `${EVENT}/photos`,
    use: async page => {
      await page.locator('[data-at="1"] .open').first().tap()
      await close(page).waitFor()
      for (const key of ['ArrowRight', 'ArrowLeft', 'Escape']) await page.keyboard.press(key)
      await close(page).waitFor({ state: 'detached' })
      for (const at of [0, 1, 2]) await page.getByRole('button', { name: 'เลือกรูปนี้' }).nth(at).tap()
    },
  },
  'find-me': {
    path: `${EVENT}/find-me`,
    use: async page => {
      await openMenu(page)
      await page.getByRole('checkbox').first().tap()
    },
  },
  cart: {
    path: '/cart',
    prepare: putIntoCart,
    use: async page => {
      await page.getByRole('button', { name: 'มีคูปอง' }).tap()
      await page.keyboard.type('RUN')
      await page.locator('input[type=email]').pressSequentially('mali@')
    },
  },
}

async function putIntoCart(context: BrowserContext, origin: string): Promise<void> {
  const client = createClient({ baseUrl: `${origin}/api` })
  const { id } = await client.call(getEvent, { params: { id: SLUG } })
  const { items } = await client.call(listPhotos, { params: { id }, query: { limit: IN_CART } })
  const answer = await context.request.post('/api/cart/items', {
    headers: { origin },
    data: { photoIds: items.map(photo => photo.id) },
  })
  if (!answer.ok()) throw new Error(`the cart answers ${answer.status()}`)
}
