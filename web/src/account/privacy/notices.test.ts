import { privacyFacts, type PrivacyFacts } from '@pix/contracts/privacy.ts'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { figuresOf, fill, type NoticeName, NOTICES, versionOf } from './notices.ts'

const NAMES = Object.keys(NOTICES) as NoticeName[]
const hashOf = (texts: object) => createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16)
const texts = Promise.all(
  NAMES.flatMap(name =>
    NOTICES[name].versions.map(async ({ date, load }) => ({ name, date, text: (await load()).text })),
  ),
)

test('a changed notice has another version, and what it said before stays as it was: these are the texts of each', async () => {
  expect((await texts).map(({ name, date, text }) => `${name} ${date} ${hashOf(text)}`)).toMatchInlineSnapshot(`
    [
      "notice 2026-12-02 b192d8766cb41456",
      "notice 2026-12-01 08537a3889ef5dba",
      "notice 2026-11-30 36e03cc9bde440d4",
      "notice 2026-11-29 6e8d6d65e70b1851",
      "notice 2026-11-28 9f195affec8975f9",
      "notice 2026-11-27 41ae5e7e50523627",
      "notice 2026-11-26 a8a05c78d47273da",
      "terms 2026-11-27 a4644a16567efa62",
      "terms 2026-11-26 0dc2fa996a11cef4",
    ]
  `)
  for (const name of NAMES) {
    const dates = NOTICES[name].versions.map(({ date }) => date)
    expect(dates).toEqual(dates.toSorted().reverse())
    expect(versionOf(name)!.date).toBe(dates[0])
    expect(versionOf(name, '2000-01-01')).toBe(undefined)
  }
})

type Figures = Omit<PrivacyFacts, 'seller' | 'studio'>
/** Days and minutes, each another. */
const FIGURES = Object.fromEntries(
  Object.keys(privacyFacts.schema.response[200].shape)
    .filter(key => key !== 'seller' && key !== 'studio')
    .map((name, n) => [name, 7_001 + n]),
) as Figures

/** The figures that a part names. */
const namedIn = (part: { text: string }) => [...part.text.matchAll(/\{(\w+)\}/g)].map(found => found[1]!).toSorted()

test('both languages of a notice have the same parts with the same figures, all of them known', async () => {
  const facts = privacyFacts.schema.response[200]
  const known = [
    ...Object.keys(facts.shape).filter(key => key !== 'seller' && key !== 'studio'),
    'seller',
    'sells',
    'contact',
  ]
  for (const { text } of await texts) {
    expect(text.en.map(namedIn)).toEqual(text.th.map(namedIn))
    expect(text.en.flatMap(namedIn).filter(figure => !known.includes(figure))).toEqual([])
  }
})

test('the present privacy notice states every figure that the api gives, as it gives it', async () => {
  const facts = {
    ...FIGURES,
    seller: { name: 'Seller Ltd', address: 'Bangkok', contact: 'LINE @seller' },
    studio: null,
  }
  const { text } = await versionOf('notice')!.load()
  for (const lang of ['th', 'en'] as const) {
    const shown = text[lang].map(part => fill(part.text, figuresOf(facts, lang))).join('\n')
    expect(Object.values(FIGURES).filter(value => !shown.includes(String(value)))).toEqual([])
    expect(shown).toContain('Seller Ltd, Bangkok')
    expect(shown).toContain('LINE @seller')
    expect(shown).not.toMatch(/[{}]/)
  }
})

test('the terms name the studio that sells at its storefront, and at the marketplace say where its name stands', async () => {
  const { text } = await versionOf('terms')!.load()
  const seller = { name: 'Platform Ltd', address: '', contact: 'LINE @seller' }
  const facts = { ...FIGURES, seller, studio: { name: 'Moonlight Co.', address: 'Chiang Mai' } }
  const said = (lang: 'th' | 'en', studio: typeof facts.studio | null) =>
    fill(text[lang][0]!.text, figuresOf({ ...facts, studio }, lang))
  expect(said('en', facts.studio)).toBe(
    'The seller is Moonlight Co., Chiang Mai. The shop is run by Platform Ltd. Write to LINE @seller.',
  )
  expect(said('en', null)).toContain('as the cart and the receipt name it')
  expect(said('th', facts.studio)).toContain('ผู้ขายคือ Moonlight Co., Chiang Mai')
})
