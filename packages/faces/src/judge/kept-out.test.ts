import { beforeAll, expect, test } from 'vitest'
import { createEventIndex } from '../index/event-index.ts'
import { crowd } from '../index/testing.ts'
import { calibrationFor } from './calibrate.ts'
import { findMatches } from './find-matches.ts'
import { keptOut } from './kept-out.ts'

const modelVersion = 'test-1'
const [PEOPLE, PHOTOS] = [60, 6]

// The first index of a machine compiles the kernel.
beforeAll(() => void createEventIndex({ modelVersion }), 300_000)

test('a kept face keeps out its own person’s photos, and next to nobody else’s', () => {
  const { faces, probes } = crowd(5, PEOPLE, PHOTOS)
  let [own, others] = [0, 0]
  probes.forEach((probe, person) => {
    const isTheirs = keptOut(probe, faces.length, modelVersion)
    faces.forEach((face, n) => {
      if (!isTheirs(face)) return
      if (n % PEOPLE === person) own += 1
      else others += 1
    })
  })
  expect(own / faces.length).toBeGreaterThan(0.8)
  expect(others / PEOPLE).toBeLessThan(1)
})

test('a face that is left out of a search is not found, and every other one is', () => {
  const { faces, probes } = crowd(7, PEOPLE, PHOTOS)
  const index = createEventIndex({ modelVersion })
  index.add(faces)
  const find = (leftOut?: Set<string>) => findMatches(index, probes[0]!, 0.6, calibrationFor(modelVersion), leftOut)
  const all = find()
  const out = new Set([all[0]!.faceId, all[2]!.faceId])
  expect(
    find(out)
      .map(({ faceId }) => faceId)
      .toSorted(),
  ).toEqual(
    all
      .map(({ faceId }) => faceId)
      .filter(id => !out.has(id))
      .toSorted(),
  )
})
