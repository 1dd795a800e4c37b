import type { SupportContacts } from '@pix/contracts/support.ts'
import { createPinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { apiByHand, browserEvents, mount, settled } from '../../base/browser-testing.ts'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { useSupportContacts } = await import('./use-support-contacts.ts')
afterEach(() => vi.unstubAllGlobals())

const NONE: SupportContacts = { email: null, lineId: null, phone: null, hours: null, text: 'LINE @shop' }

/** The form as a page has it: its sentences need a component. */
async function openForm() {
  const sent: object[] = []
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    if (init.method !== 'PUT') return Response.json({ contacts: NONE })
    const body = JSON.parse(String(init.body)) as SupportContacts
    sent.push(body)
    return Response.json({ ...body, text: body.phone === null ? 'LINE @shop' : null })
  })
  let opened: ReturnType<typeof useSupportContacts> | undefined
  const setup = () => {
    opened = useSupportContacts()
    return () => null
  }
  await renderToString(createSSRApp({ setup }).use(i18n))
  return { ...opened!, sent }
}

test('hours without a contact are blamed beside their field, and nothing is sent', async () => {
  const { draft, save, form, sent } = await openForm()
  Object.assign(draft, { hoursTh: 'ทุกวัน', hoursEn: 'Every day' })
  await save(() => expect.unreachable())
  expect([form.faults.value.hoursTh, sent]).toEqual([i18n.global.t('settings.support.hoursAlone'), []])
  draft.phone = '02 123 4567'
  const saved: SupportContacts[] = []
  await save(contacts => saved.push(contacts))
  expect(saved).toMatchObject([{ phone: '02 123 4567', hours: { th: 'ทุกวัน', en: 'Every day' }, text: null }])
})

test('an empty form restores the contacts of the installation, and passes them on', async () => {
  const { save } = await openForm()
  const saved: SupportContacts[] = []
  await save(contacts => saved.push(contacts))
  expect(saved).toMatchObject([{ phone: null, text: 'LINE @shop' }])
})

test('what is typed while the contacts are saved stays, and the other fields become what was saved', async () => {
  const asked = apiByHand()
  browserEvents()
  using page = mount(useSupportContacts, i18n, createPinia())
  await asked[0]!.answer({ contacts: NONE })
  Object.assign(page.draft, { email: ' shop@example.test ', phone: '02 123 4567' })
  const done = page.save(() => undefined)
  await settled()
  Object.assign(page.draft, { phone: '02 765 4321', lineId: '@shop' })
  await asked[1]!.answer({ ...NONE, email: 'shop@example.test', phone: '02 123 4567', text: null })
  await done
  await settled()
  const { email, phone, lineId } = page.draft
  expect([email, phone, lineId]).toEqual(['shop@example.test', '02 765 4321', '@shop'])
})
