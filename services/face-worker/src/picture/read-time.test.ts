import { expect, test } from 'vitest'
import { firstTime } from './read-time.ts'

const EVENING = '2026-11-14T11:40:00.000Z'
const read = (date: string | null, ...offsets: (string | null)[]) => firstTime([{ date, offsets }])?.toISOString()

test.each([
  '2026:11:14 18:40:00',
  '2026-11-14 18:40:00',
  '2026/11/14 18:40:00',
  '2026-11-14T18:40:00',
  '2026:11:14 18:40',
  ' 2026:11:14 18:40:00 ',
  '2026-11-14T11:40:00Z',
  '2026-11-14T20:40:00+09:00',
  '2569:11:14 18:40:00',
])('%s is that evening in Bangkok', written => {
  expect(read(written)).toBe(EVENING)
})

test.each([
  ['11:40:00', 'Z'],
  ['11:40:00', '+00:00'],
  ['20:40:00', '+09:00'],
  ['20:40:00', '+0900'],
  ['20:40:00', '+9:00'],
  ['20:40:00', '+9'],
  ['06:10:00', '-05:30'],
  ['18:40:00', '+24:00'],
  ['18:40:00', '+07:75'],
  ['18:40:00', 'ICT'],
  ['18:40:00', null],
])('%s with the offset %s is the same moment: a bad offset does not lose a good time', (clock, offset) => {
  expect(read(`2026:11:14 ${clock}`, offset)).toBe(EVENING)
})

test.each([
  '',
  '0000:00:00 00:00:00',
  '    :  :     :  :  ',
  '9999:12:31 23:59:59',
  '1970:01:01 00:00:00',
  '2200:11:14 18:40:00',
  '2026:02:31 18:40:00',
  '2026:13:01 18:40:00',
  '2026:11:14 24:00:00',
  '2026:11:14',
  'yesterday',
])('"%s" is no time', written => {
  expect(read(written)).toBeUndefined()
})

test('the first date that is one counts, with its own offset and fraction', () => {
  const written = [
    { date: '0000:00:00 00:00:00', offsets: ['+09:00'], fraction: '1' },
    { date: '2026:11:14 18:40:00', fraction: '25 ' },
    { date: '2026:11:15 01:00:00' },
  ]
  expect(firstTime(written)?.toISOString()).toBe('2026-11-14T11:40:00.250Z')
  expect(firstTime([{ date: null }])).toBeNull()
})
