import { expect, test } from 'vitest'
import { assembleReport, succeeded } from './assemble-report.ts'
import { printReport } from './report.ts'

const match = { photo: { id: 'p1' }, distance: 0.3, confidence: 0.99, band: 'sure' as const }
const facts = {
  truth: undefined,
  outcomes: [],
  photos: [],
  answers: [{ selfie: 'me.jpg', code: 'done', matches: [match], milliseconds: 420 }],
  purchase: null,
  revenue: null,
  uploadSeconds: 1,
  processSeconds: 2,
} as unknown as Parameters<typeof assembleReport>[0]

test('what was found is printed also when a later step breaks off, with the step’s words', () => {
  const failure = 'the PayNoi simulator at http://localhost:8083 has no charge for PX-2026-000001'
  const report = assembleReport({ ...facts, failure })
  const printed = printReport(report)
  expect(printed).toMatch(/matches +1 sure, 0 likely, 0 maybe/)
  expect(printed).toMatch(/search p50 \/ p95 +0\.42 s/)
  expect(printed).toContain(failure)
  expect(printed).not.toContain('no selfie found a photo')
  expect(succeeded(report)).toBe(false)
})

test('a trial in which nobody was found says so', () => {
  expect(printReport(assembleReport({ ...facts, answers: [], failure: null }))).toContain('no selfie found a photo')
})
