import { expect, test } from 'vitest'
import { reportOf } from './bounce-testing.ts'
import { readBounce } from './read-bounce.ts'

const ID = '01a2175a-e87a-77e9-b98f-e43585c4cebd'
const read = (raw: string) => readBounce(Buffer.from(raw))

const isHard = async (report: Parameters<typeof reportOf>[0]) =>
  (await read(reportOf({ messageId: ID, ...report })))?.isHard

test('a report names its letter by the envelope, or by the Message-ID of what came back', async () => {
  const bounce = { mailId: ID, isHard: true, status: '5.1.1', answer: '5.1.1 smtp; 550 5.1.1 no such user' }
  expect(await read(reportOf({ envelopeId: ID }))).toEqual(bounce)
  for (const returned of ['text/rfc822-headers', 'message/rfc822'])
    expect(await read(reportOf({ messageId: ID, returned }))).toEqual(bounce)
})

test('only what is said of the address, for good, is hard', async () => {
  for (const status of ['5.1.1', '5.1.10', '5.2.1', '5.4.4']) expect(await isHard({ status })).toBe(true)
  for (const status of ['4.4.7', '5.2.2', '5.7.1', '5.1.8', '']) expect(await isHard({ status })).toBe(false)
  // A code that says nothing: what the other server said decides.
  expect(await isHard({ status: '5.0.0', diagnostic: 'smtp; 550 no such user' })).toBe(true)
  expect(await isHard({ status: '5.0.0', diagnostic: 'smtp; 554 message refused' })).toBe(false)
  expect(await isHard({ status: '5.0.0', diagnostic: 'smtp; 550 5.7.1 blocked' })).toBe(false)
  expect(await isHard({ status: '5.0.0', diagnostic: 'x-unix; 550 no such user' })).toBe(false)
})

test('what is no report of a failed letter of ours is none', async () => {
  expect(await read(reportOf({ messageId: ID, action: 'delayed', status: '4.2.2' }))).toBeNull()
  expect(await read(reportOf({ messageId: ID, action: 'delivered', status: '2.0.0' }))).toBeNull()
  expect(await read(reportOf({}))).toBeNull()
  expect(await read(reportOf({ messageId: 'CAF=abc' }))).toBeNull()
  expect(await read('Subject: I am on holiday\r\n\r\nBack on Monday.')).toBeNull()
  expect(await read('')).toBeNull()
})
