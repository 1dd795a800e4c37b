import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { CALIBRATIONS } from '@pix/faces/judge/calibrate.ts'
import { crowd } from '@pix/faces/index/testing.ts'
import { expect, test } from 'vitest'
import type { EmbeddedFace } from './calibration/embed-event.ts'
import { type FaceEvent, pairKey, readCorrections } from './face-event.ts'
import { indexOf, scoreSearches } from './face-searches.ts'

const { faces } = crowd(1, 3, 1, 1, 'sface')
const box = { x: 0, y: 0, width: 1, height: 1 }
const face = (n: number): EmbeddedFace => ({ quality: 0.9, score: 1, box, embedding: faces[n]!.embedding })

/** Two people, each alone in a photo; the list says so of the first one only. */
function score(corrected: Set<string>) {
  const embedded = {
    photos: { 'a.jpg': [face(0)], 'b.jpg': [face(1)] },
    selfies: { 'anna.jpg': [face(0)], 'ben.jpg': [face(1)] },
  }
  const truth = { selfie: 'anna.jpg', photo: 'a.jpg', identity: 'anna', kind: 'real', facePx: 100, note: '' }
  const event: FaceEvent = {
    photos: ['a.jpg', 'b.jpg'],
    selfies: ['anna.jpg', 'ben.jpg'].map(name => ({ name, file: name, expect: '' })),
    truth: [truth],
    ignored: new Set(),
    corrected,
    photoKinds: new Map(),
    peopleKnown: new Set(),
    faceCounts: new Map(),
  }
  const index = indexOf(embedded, [], MODEL_VERSIONS.sface)
  return scoreSearches({ event, selfies: embedded.selfies, index, strangers: 0, calibration: CALIBRATIONS.sface }).sure
}

test('a pair that the list lacks is wrong by the list, and not with its correction', () => {
  expect(score(new Set())).toEqual({ right: 1, wrong: 1, wrongCorrected: 1 })
  expect(score(new Set([pairKey('ben.jpg', 'b.jpg')]))).toEqual({ right: 1, wrong: 1, wrongCorrected: 0 })
  expect(score(new Set([pairKey('ben.jpg', 'a.jpg')]))).toEqual({ right: 1, wrong: 1, wrongCorrected: 1 })
})

test('each correction names a pair once and says why', () => {
  const rows = readCorrections()
  expect(rows.length).toBeGreaterThan(0)
  expect(new Set(rows.map(({ selfie = '', photo = '' }) => pairKey(selfie, photo))).size).toBe(rows.length)
  for (const { selfie, photo, why } of rows) {
    expect([selfie, photo]).toEqual([expect.stringMatching(/\.jpg$/), expect.stringMatching(/\.jpg$/)])
    expect(why).toMatch(/^[A-Z].{20,}\.$/)
  }
})
