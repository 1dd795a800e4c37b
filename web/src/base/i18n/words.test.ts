import { afterEach, expect, test, vi } from 'vitest'
import type { Words } from './index.ts'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
afterEach(() => vi.resetModules())

/** Files of words as an area has them; counts what is asked for. */
function filesOf(name: string) {
  const asked: string[] = []
  const file = (language: string) => async () => {
    asked.push(language)
    return { words: { [name]: { title: `${name} in ${language}` } } }
  }
  return { asked, files: { th: file('th'), en: file('en') } }
}

const load = async () => {
  const { changeLocale, i18n, loadWords, locale } = await import('./index.ts')
  return { changeLocale, loadWords, locale, t: i18n.global.t }
}

test('words come once and in the language of the person alone', async () => {
  const { loadWords, t } = await load()
  const { asked, files } = filesOf('cart')
  await Promise.all([loadWords([files]), loadWords([files])])
  expect([asked, t('cart.title')]).toEqual([['th'], 'cart in th'])
})

test('another language brings the words of all that was opened, then changes the page', async () => {
  const { changeLocale, loadWords, locale, t } = await load()
  const [cart, admin] = [filesOf('cart'), filesOf('admin')]
  await loadWords([cart.files, admin.files])
  const changing = changeLocale('en')
  expect(locale.value).toBe('th')
  await changing
  expect([locale.value, t('cart.title'), t('admin.title')]).toEqual(['en', 'cart in en', 'admin in en'])
})

test('a page opened while the language changes has its words in the new one', async () => {
  const { changeLocale, loadWords, t } = await load()
  const late = filesOf('late')
  let arrive!: (file: { words: Words }) => void
  const slow = new Promise<{ words: Words }>(resolve => (arrive = resolve))
  await loadWords([{ ...filesOf('cart').files, en: () => slow }])
  const changing = changeLocale('en')
  await loadWords([late.files])
  arrive({ words: {} })
  await changing
  expect(t('late.title')).toBe('late in en')
})

test('words that did not come leave the page as it is, and are asked for again', async () => {
  const { changeLocale, loadWords, locale, t } = await load()
  const { files } = filesOf('cart')
  let net = false
  const flaky = { ...files, en: () => (net ? files.en() : Promise.reject(new Error('offline'))) }
  await loadWords([flaky])
  await expect(changeLocale('en')).rejects.toThrow('offline')
  expect([locale.value, t('cart.title')]).toEqual(['th', 'cart in th'])
  net = true
  await changeLocale('en')
  expect([locale.value, t('cart.title')]).toEqual(['en', 'cart in en'])
})
