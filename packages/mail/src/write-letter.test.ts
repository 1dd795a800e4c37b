import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COLOURS } from './in-html.ts'
import { en } from './words.en.ts'
import { th } from './words.th.ts'
import { SAMPLE_FACTS, TEMPLATES } from './preview-letters.ts'
import { LOCALES } from './own-words.ts'
import { writeLetter } from './write-letter.ts'

const LINK = 'https://shop.test/checkout/success/1?a=1&b=2'
const every = TEMPLATES.flatMap(template => LOCALES.map(locale => [template, locale] as const))

test.each([
  ['th', 'ดาวน์โหลดรูป'],
  ['en', 'Download photos'],
] as const)(
  'the letter of a paid order leads to its photos by a button and by the plain address: %s',
  (locale, button) => {
    const { subject, text, html } = writeLetter('order_paid', locale, SAMPLE_FACTS, LINK)
    expect(subject).toContain(SAMPLE_FACTS.number)
    expect(text).toContain(LINK)
    expect(html).toMatch(
      new RegExp(`<a href="https://shop\\.test/checkout/success/1\\?a=1&amp;b=2"[^>]*>${button}</a>`),
    )
    expect(html).toContain('>https://shop.test/checkout/success/1?a=1&amp;b=2</a>')
    expect(html).toContain(`lang="${locale}"`)
  },
)

test('letters call a photo what the shop calls it', () => {
  const { subject, text } = writeLetter('order_paid', 'th', SAMPLE_FACTS, LINK)
  expect(subject + text).toContain('รูป')
  expect(subject + text).not.toContain('ภาพ')
})

test('a line about a fact that a letter may lack is left out where it is missing', () => {
  const { document, coupon, ...facts } = SAMPLE_FACTS
  for (const locale of LOCALES) {
    const whole = writeLetter('order_paid', locale, SAMPLE_FACTS, LINK).text
    for (const fact of [document, coupon]) expect(whole).toContain(fact)
    const { text, html } = writeLetter('order_paid', locale, facts, LINK)
    for (const part of [text, html]) expect(part).not.toMatch(/ใบเสร็จ|คูปอง|receipt|coupon|[{}]document/i)
  }
  expect(() => writeLetter('order_paid', 'en', { document: '1' }, LINK)).toThrow('nothing fills {number}')
})

/** Each text of a letter by its place, with what is filled in there. */
const placesOf = (words: object): string[] =>
  Object.entries(words).flatMap(([field, text]) =>
    typeof text === 'string'
      ? `${field} ${(text.match(/\{\w+\}/g) ?? []).join()}`
      : placesOf({ [field]: text.join(' ') }),
  )

test('both languages say the same things, and fill in the same', () => {
  expect(Object.keys(th)).toEqual(Object.keys(en))
  for (const template of Object.keys(th) as (keyof typeof th)[]) {
    expect(placesOf(th[template])).toEqual(placesOf(en[template]))
  }
})

test.each(every)('a letter leaves no place unfilled, loads nothing, and runs nothing: %s %s', (template, locale) => {
  const { subject, text, html } = writeLetter(template, locale, SAMPLE_FACTS, LINK)
  for (const part of [subject, text, html.replace(/<style>[\s\S]*<\/style>/, '')])
    expect(part).not.toMatch(/[{}]|undefined/)
  expect(html).not.toMatch(/<(img|script|link|iframe|form|object)\b|url\(|@import|\ssrc=|\son\w+=/i)
})

const UNSEEN = /(?!\n)\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069\u200E\u200F]|\p{Cs}/u
/** Every fact says the same. */
const everyFact = (value: string) => Object.fromEntries(Object.keys(SAMPLE_FACTS).map(name => [name, value]))
const tagsOf = (page: string) => page.match(/<[a-z!/][^>]*>/gi)?.length

const HOSTILE = {
  markup: '"><img src=x onerror=alert(1)>',
  'a quote of the other kind': "' onmouseover='alert(1)",
  'a direction that is turned': 'PX\u202Egnp.exe\u2066\u200F',
  'a line end': 'PX-1\r\nBcc: everybody@b.test\u2028x\u0000',
  emoji: '👨‍👩‍👧‍👦'.repeat(40),
  '300 characters': 'ก'.repeat(300),
  'a placeholder': '{link} {number}',
}

test.each(every.flatMap(letter => Object.entries(HOSTILE).map(([kind, value]) => [kind, value, ...letter] as const)))(
  'what is filled in stays text, on its line and in its direction: %s',
  (_, value, template, locale) => {
    const { subject, text, html } = writeLetter(template, locale, everyFact(value), LINK)
    expect(subject).not.toMatch(/[\r\n]/)
    for (const part of [subject, text, html]) expect(part).not.toMatch(UNSEEN)
    expect([...new Intl.Segmenter().segment(subject)].length).toBeLessThanOrEqual(150)
    expect(tagsOf(html)).toBe(tagsOf(writeLetter(template, locale, SAMPLE_FACTS, LINK).html))
    expect(html).not.toMatch(/<img|'\s*onmouseover/)
  },
)

test('a link that is not one cannot leave its attribute', () => {
  const { html } = writeLetter('order_paid', 'en', SAMPLE_FACTS, `https://shop.test/"><b onclick='x'>`)
  expect(html).not.toContain('<b onclick')
})

test('the colours of letters are the design’s', () => {
  const tokens = readFileSync(new URL('../../../web/src/ui/styles/tokens.css', import.meta.url), 'utf8')
  const { light, dark, gold, black } = COLOURS
  for (const colour of [...Object.values(light), ...Object.values(dark), gold, black]) expect(tokens).toContain(colour)
})
