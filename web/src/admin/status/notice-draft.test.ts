import type { Notice } from '@pix/contracts/notices.ts'
import { expect, test } from 'vitest'
import { draftOf, faultsOfNotice, isLate, maintenanceOf } from './notice-draft.ts'

const NOW = Date.parse('2026-11-27T10:00:00Z')
const TEXTS = { titleTh: 'ย้าย', titleEn: 'Move', textTh: 'ย้ายเครื่อง', textEn: 'We move' }
/** Exactly 72 hours from now, in Bangkok. */
const full = {
  ...draftOf(),
  ...TEXTS,
  parts: ['shop' as const],
  startsAt: '2026-11-30T17:00',
  endsAt: '2026-11-30T19:00',
}

test('maintenance that begins in 72 h is sent in UTC, and one a minute sooner only when the admin is sure', () => {
  expect(faultsOfNotice(full, 'maintenance', NOW)).toEqual({})
  expect(maintenanceOf(full)).toMatchObject({
    startsAt: '2026-11-30T10:00:00.000Z',
    endsAt: '2026-11-30T12:00:00.000Z',
  })
  const sooner = { ...full, startsAt: '2026-11-30T16:59' }
  expect(faultsOfNotice(sooner, 'maintenance', NOW)).toEqual({ urgent: 'sure' })
  expect(faultsOfNotice({ ...sooner, urgent: true }, 'maintenance', NOW)).toEqual({})
})

test('announced maintenance may begin later without being urgent, and earlier only where it is', () => {
  const before = { urgent: false, startsAt: '2026-11-28T10:00:00Z' } as Notice
  expect(isLate({ ...full, startsAt: '2026-11-28T17:00' }, NOW, before)).toBe(false)
  expect(isLate({ ...full, startsAt: '2026-11-28T16:59' }, NOW, before)).toBe(true)
})

test('each field that is missing or wrong is named, and an incident has no times', () => {
  expect(faultsOfNotice(draftOf(), 'maintenance', NOW)).toEqual({
    titleTh: 'text',
    titleEn: 'text',
    textTh: 'text',
    textEn: 'text',
    parts: 'parts',
    startsAt: 'time',
    endsAt: 'time',
  })
  expect(faultsOfNotice({ ...full, startsAt: '', endsAt: '' }, 'incident', NOW)).toEqual({})
  expect(faultsOfNotice({ ...full, startsAt: '2026-11-27T17:00' }, 'maintenance', NOW)).toEqual({ startsAt: 'past' })
  expect(faultsOfNotice({ ...full, endsAt: full.startsAt }, 'maintenance', NOW)).toEqual({ endsAt: 'order' })
})

test('a notice that is changed fills its form as it is', () => {
  const notice = {
    title: { th: 'ย้าย', en: 'Move' },
    text: { th: 'ย้ายเครื่อง', en: 'We move' },
    parts: ['shop'],
    startsAt: '2026-11-30T10:00:00.000Z',
    endsAt: '2026-11-30T12:00:00.000Z',
    pauses: false,
  } as Notice
  expect(draftOf(notice)).toEqual(full)
})

test('maintenance that begins at once is urgent and needs no beginning, only an end to come', () => {
  const atOnce = { ...full, now: true, startsAt: '', pauses: true }
  expect(faultsOfNotice(atOnce, 'maintenance', NOW)).toEqual({ urgent: 'sure' })
  expect(maintenanceOf({ ...atOnce, urgent: true })).toMatchObject({ startsAt: null, urgent: true, pauses: true })
  expect(faultsOfNotice({ ...atOnce, urgent: true, endsAt: '2026-11-27T17:00' }, 'maintenance', NOW)).toEqual({
    endsAt: 'order',
  })
})
