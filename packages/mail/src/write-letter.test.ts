import { expect, test } from 'vitest'
import { writeLetter } from './write-letter.ts'

const FACTS = { number: 'PX-2026-000123', link: 'https://shop.test/checkout/success/1?a=1&b=2' }

test.each([
  ['th', 'ดาวน์โหลดรูป'],
  ['en', 'Download photos'],
] as const)(
  'the letter of a paid order leads to its photos by a button and by the plain address: %s',
  (locale, button) => {
    const { subject, text, html } = writeLetter('order_paid', locale, FACTS)
    expect(subject).toContain(FACTS.number)
    expect(text).toContain(FACTS.link)
    expect(html).toMatch(
      new RegExp(`<a href="https://shop\\.test/checkout/success/1\\?a=1&amp;b=2"[^>]*>${button}</a>`),
    )
    expect(html).toContain('>https://shop.test/checkout/success/1?a=1&amp;b=2</a>')
    expect(html).toContain(`lang="${locale}"`)
  },
)

test('letters call a photo what the shop calls it', () => {
  const { subject, text } = writeLetter('order_paid', 'th', FACTS)
  expect(subject + text).toContain('รูป')
  expect(subject + text).not.toContain('ภาพ')
})
