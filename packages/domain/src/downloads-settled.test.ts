import { expect, test } from 'vitest'
import { areSettled } from './downloads-settled.ts'
import { ARCHIVE_STATES, FINAL_ARCHIVE_STATES } from './words.ts'

type Downloads = Parameters<typeof areSettled>[0]
const event = (
  state: (typeof ARCHIVE_STATES)[number],
  ...previews: Downloads['events'][number]['photos'][number]['preview'][]
) => ({ archive: { state }, photos: previews.map(preview => ({ preview })) })
const settled = (mail: string | null, ...events: Downloads['events']) => areSettled({ mail, events })

test('downloads are settled once letter, ZIP and pictures are done or given up, of every event', () => {
  for (const state of FINAL_ARCHIVE_STATES)
    for (const mail of [null, 'sent']) expect(settled(mail, event(state, 'ready'), event(state))).toBe(true)
  expect(settled(null)).toBe(true)
})

test('a letter, a ZIP or a picture on its way is waited for', () => {
  const done = event(FINAL_ARCHIVE_STATES[0]!, 'ready')
  expect(settled('queued', done)).toBe(false)
  expect(settled('sent', done, event(FINAL_ARCHIVE_STATES[0]!, 'ready', 'queued'))).toBe(false)
  for (const state of ARCHIVE_STATES)
    expect(settled('sent', event(state), done)).toBe(FINAL_ARCHIVE_STATES.includes(state))
})
