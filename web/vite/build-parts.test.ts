import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { areaOf } from './area-of.ts'
import { withoutSchemas } from './without-schemas.ts'

test.each([
  ['shop', ['ui/Button.vue', 'shop/events/EventPage.vue', 'base/api.ts', 'shell/router.ts', 'account/routes.ts']],
  ['home', ['shop/home/HomePage.vue', 'shop/events/EventList.vue', 'shop/events/use-events.ts']],
  ['account', ['account/sign-in/LoginPage.vue', 'account/forms/index.ts', 'account/sign-out/SignOutDialog.vue']],
  ['checkout', ['shop/checkout/CheckoutPage.vue', 'shop/cart/CartPage.vue', 'shop/cart/StudioCart.vue']],
  ['find', ['shop/find-me/FindMePage.vue', 'shop/find-me/use-selfie-search.ts']],
  ['work', ['photographer/photos/MyPhotosPage.vue', 'admin/approve/ApprovePage.vue']],
  ['upload', ['photographer/upload/UploadPage.vue', 'photographer/upload/use-upload.ts']],
])('the pages of an area are one file, not one each: %s', (area, modules) => {
  expect(modules.map(module => areaOf(`/any/web/src/${module}`))).toEqual(modules.map(() => area))
})

test('in the browser a schema can be written, and throws when it is run', async () => {
  const { resolveId, load } = withoutSchemas() as unknown as {
    resolveId(source: string): string
    load(id: string): string
  }
  expect(resolveId('zod')).not.toBe('zod')
  const { z } = (await import(`data:text/javascript,${encodeURIComponent(load(resolveId('zod')))}`)) as {
    z: { object(shape: object): { optional(): { parse(value: unknown): unknown } } }
  }
  const schema = z.object({}).optional()
  expect(() => schema.parse({})).toThrow('no schema can be run in the browser')
})

test('no page runs a schema', () => {
  const web = join(import.meta.dirname, '../src')
  const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
    file => /\.(ts|vue)$/.test(file) && !file.endsWith('.test.ts'),
  )
  const running = sources.filter(file =>
    /(?<!\bJSON|\bDate)\.(safeParse|parse)\(/.test(readFileSync(join(web, file), 'utf8')),
  )
  expect(running).toEqual([])
})

test('the function that prices photos is no first script of the shop', () => {
  const priced = [
    'web/src/shop/photos/SelectionBar.vue',
    'packages/domain/src/quote.ts',
    'packages/domain/src/max-flow.ts',
  ]
  expect(priced.map(module => areaOf(`/any/${module}`))).toEqual(['price', 'price', 'price'])
})

test('what judges a password that is typed is in the file of the account pages, not in the shop’s', () => {
  expect(areaOf('/any/packages/domain/src/password-strength.ts')).toBe('account')
})
