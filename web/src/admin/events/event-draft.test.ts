import { expect, test } from 'vitest'
import { isEventCode } from '@pix/contracts/event-rules.ts'
import {
  EMPTY_DRAFT,
  faultsOf,
  faultsOfErrors,
  fieldsOf,
  mergeDrafts,
  suggestCode,
  suggestSlug,
  type EventDraft,
} from './event-draft.ts'

const whole: EventDraft = {
  ...EMPTY_DRAFT,
  slug: 'river-run',
  nameTh: 'วิ่ง',
  nameEn: 'River run',
  startsAt: '2026-11-14T05:00',
  endsAt: '2026-11-14T10:00',
}

test('a whole draft has no fault, and each field that is missing is named', () => {
  expect(faultsOf(whole)).toEqual({})
  expect(faultsOf(EMPTY_DRAFT)).toEqual({
    nameTh: 'required',
    nameEn: 'required',
    slug: 'required',
    startsAt: 'required',
    endsAt: 'required',
  })
})

test.each<[string, Partial<EventDraft>, object]>([
  ['an address with capitals', { slug: 'River Run' }, { slug: 'slug' }],
  ['an address that looks like an id', { slug: '019a0000-0000-7000-8000-000000000001' }, { slug: 'slug' }],
  ['an end before the beginning', { endsAt: '2026-11-14T04:59' }, { endsAt: 'endBeforeStart' }],
  [
    'sales that end as they begin',
    { salesStart: '2026-12-01T00:00', salesEnd: '2026-12-01T00:00' },
    { salesEnd: 'salesEndBeforeStart' },
  ],
  ['a year before 1970', { startsAt: '1400-01-01T00:00' }, { startsAt: 'time' }],
  ['half a time', { salesStart: '2026-11' }, { salesStart: 'time' }],
  ['a watermark that nobody sees', { watermarkText: '\u200b' }, { watermarkText: 'unseen' }],
  ['a code that is too short', { visibility: 'code', code: 'ab-1' }, { code: 'code' }],
  ['a school event for everybody', { category: 'school' }, { visibility: 'school' }],
  ['only spaces for a name', { nameTh: '   ' }, { nameTh: 'required' }],
])('%s is a fault of its field', (_, change, faults) => {
  expect(faultsOf({ ...whole, ...change })).toEqual(faults)
})

test('what the api refuses is shown beside the field that it names', () => {
  const paths = ['body.name.th', 'body.endsAt', 'body.slug', 'body.revision']
  expect(faultsOfErrors(paths.map(path => ({ path })))).toEqual({ nameTh: 'wrong', endsAt: 'wrong', slug: 'slugFixed' })
})

test('of two people’s changes mine stay and theirs come where I changed nothing', () => {
  const mine = { ...whole, venue: 'mine', nameTh: 'ของฉัน' }
  const theirs = { ...whole, venue: 'theirs', province: 'ตรัง' }
  expect(mergeDrafts(whole, mine, theirs)).toEqual({ ...whole, venue: 'mine', nameTh: 'ของฉัน', province: 'ตรัง' })
})

test('an address is suggested from the English name, and none where it has no letter for one', () => {
  expect(suggestSlug('  Café Night — 2026! ')).toBe('cafe-night-2026')
  expect(suggestSlug('งานวิ่ง')).toBe('')
  expect(suggestSlug(`${'a'.repeat(79)} b`)).toBe('a'.repeat(79))
})

test('a code is asked for once, stays where none is typed, and goes with another visibility', () => {
  const byCode = { ...whole, visibility: 'code' as const }
  expect(faultsOf(byCode)).toEqual({ code: 'codeNeeded' })
  expect(faultsOf(byCode, true)).toEqual({})
  expect('code' in fieldsOf(byCode)).toBe(false)
  expect(fieldsOf({ ...byCode, code: ' Sunflower ' }).code).toBe('Sunflower')
  expect('code' in fieldsOf({ ...byCode, code: 'Sunflower', visibility: 'link' })).toBe(false)
  expect(isEventCode(suggestCode())).toBe(true)
})
