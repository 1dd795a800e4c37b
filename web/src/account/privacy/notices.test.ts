import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { privacyEn } from './messages.en.ts'
import { privacyTh } from './messages.th.ts'
import { NOTICES } from './notices.ts'

const hashOf = (texts: object) => createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16)

test('a changed notice has another version: these are the texts of each', () => {
  const texts = (['notice', 'terms'] as const).map(name => [
    `${name} ${NOTICES[name].version}`,
    hashOf([privacyTh[name], privacyEn[name]]),
  ])
  expect(texts).toMatchInlineSnapshot(`
    [
      [
        "notice 2026-11-26",
        "ec694cd4b55ae880",
      ],
      [
        "terms 2026-11-26",
        "bbd1215baada3844",
      ],
    ]
  `)
})

test('every section of a notice stands on its page', () => {
  for (const name of ['notice', 'terms'] as const)
    expect(Object.keys(privacyTh[name])).toEqual([...NOTICES[name].sections])
})
