import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import {
  apiByHand,
  type Asked,
  beginVisit,
  browserEvents,
  events,
  refusal,
  settled,
} from '../../base/browser-testing.ts'
import { useSelfieSearch } from './use-selfie-search.ts'

await import('../../shell/words-testing.ts')

type Engine = Parameters<typeof useSelfieSearch>[0]
type Reading = Awaited<ReturnType<Engine['read']>>

let asked: Asked[]
let browser: ReturnType<typeof browserEvents>
let freed: string[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browser = browserEvents()
  freed = []
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(url => void freed.push(url))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const selfie = (name: string, aspect: number | null = 1) => {
  const blob = new Blob([name], { type: 'image/jpeg' })
  return { blob, url: `blob:${name}`, aspect, original: blob }
}
const search = (id: string, state: string, more: object = {}) => ({ id, state, problem: null, faces: [], ...more })
const results = (id: string, ...photos: string[]) => ({
  search: search(id, 'done'),
  items: photos.map(photo => ({ photo: { id: photo } })),
})
const FACES = [0, 1].map(index => ({ index, box: { x: index / 2, y: 0, width: 0.4, height: 0.4 } }))
const face = (box = FACES[0]!.box) => ({
  box,
  landmarks: new Float32Array(),
  score: 1,
  quality: 0.9,
  embedding: new Float32Array(128),
})

const unread = () => Promise.reject(new Error('no engine'))

/** The page where a selfie is taken. Its consent is given; `read` is what this device's engine does. */
function open(read?: () => Promise<Reading>) {
  const isGiven = ref(true)
  const here = ref(read !== undefined)
  const scope = effectScope()
  const page = scope.run(() =>
    useSelfieSearch({ here, read: read ?? unread }, { isGiven, agreed: () => ({ consent: 'agreed' }) } as never),
  )!
  const photos = () =>
    page.search.value.status === 'found' ? page.search.value.matches.map(({ photo }) => photo.id) : null
  const problem = () => (page.search.value.status === 'capture' ? page.search.value.problem : undefined)
  return { ...page, isGiven, photos, problem, [Symbol.dispose]: () => scope.stop() }
}
const sentTo = () => asked.map(({ method, path }) => `${method} ${path}`)
const formOf = ({ body }: Asked) => Object.fromEntries(body as FormData)

test('a selfie goes with its consent, and what its search found is shown', async () => {
  using page = open()
  void page.start('run', selfie('me'))
  expect(page.search.value).toEqual({ status: 'searching' })
  expect(formOf(asked[0]!)).toMatchObject({ eventId: 'run', consent: 'agreed', selfie: { size: 2 } })
  await asked[0]!.answer(search('s', 'queued'))
  await asked[1]!.answer(events(search('s', 'queued'), search('s', 'done')))
  await asked[2]!.answer(results('s', 'one'))
  expect([page.photos(), asked.length]).toEqual([['one'], 3])
})

test('of two selfies the later one counts, though the answer to the earlier one comes last', async () => {
  using page = open()
  void page.start('run', selfie('first'))
  void page.start('run', selfie('second'))
  expect([asked[0]!.isAborted, freed]).toEqual([true, ['blob:first']])
  await asked[1]!.answer(search('2', 'queued'))
  await asked[0]!.answer(search('1', 'queued'))
  await asked[2]!.answer(events(search('2', 'done')))
  await asked[3]!.answer(results('2', 'mine'))
  expect([page.photos(), sentTo().filter(one => one.includes('/1'))]).toEqual([['mine'], []])
})

test('a search whose results did not come goes on by itself once the net is back, and the selfie is not sent again', async () => {
  using page = open()
  void page.start('run', selfie('me'))
  await asked[0]!.answer(search('s', 'queued'))
  await asked[1]!.answer(events(search('s', 'done')))
  await asked[2]!.breaks()
  expect(page.problem()).toMatchObject({ kind: 'request', cause: 'network' })
  await browser.goOnline()
  await asked[3]!.answer(events(search('s', 'done')))
  await asked[4]!.answer(results('s', 'one'))
  expect([page.photos(), asked.filter(({ method }) => method === 'POST')]).toMatchObject([['one'], [{}]])
})

test('a selfie whose consent was taken back goes nowhere, neither by itself nor by "again"', async () => {
  using page = open()
  void page.start('run', selfie('me'))
  await asked[0]!.breaks()
  page.isGiven.value = false
  await browser.goOnline()
  await page.retry()
  expect(asked).toHaveLength(1)
  page.isGiven.value = true
  void page.retry()
  expect([page.search.value.status, formOf(asked[1]!)]).toMatchObject(['searching', { selfie: { size: 2 } }])
})

test('what was forgotten is not sent when the net is back', async () => {
  using page = open()
  void page.start('run', selfie('me'))
  await asked[0]!.breaks()
  page.forget()
  await browser.goOnline()
  await page.retry()
  expect([page.search.value, asked.length, freed]).toEqual([{ status: 'forgotten' }, 1, ['blob:me']])
})

test('a selfie that shows nobody says so, and "again" sends it anew', async () => {
  using page = open()
  void page.start('run', selfie('me'))
  await asked[0]!.answer(search('s', 'queued'))
  const problem = { code: 'no_face_found', hints: ['too_dark'] }
  await asked[1]!.answer(events(search('s', 'failed', { problem })))
  expect(page.problem()).toEqual({ kind: 'selfie', ...problem })
  void page.retry()
  expect(formOf(asked[2]!)).toMatchObject({ selfie: { size: 2 } })
})

test('a search that the api does not know any more begins from the selfie', async () => {
  using page = open()
  void page.start('run', selfie('me'))
  await asked[0]!.answer(search('s', 'queued'))
  await asked[1]!.answer(events(search('s', 'done')))
  await asked[2]!.answer(refusal(404, 'not_found'))
  void page.retry()
  expect(sentTo().slice(3)).toEqual(['POST /api/face/search'])
})

test('of several faces the chosen one is searched, once, and a choice that did not arrive can be repeated', async () => {
  using page = open()
  void page.start('run', selfie('us'))
  await asked[0]!.answer(search('s', 'queued'))
  await asked[1]!.answer(events(search('s', 'choose_face', { faces: FACES })))
  expect(page.search.value).toEqual({ status: 'choose', faces: FACES })
  void page.chooseFace(1)
  expect([page.ownFace.value, asked[2]!.body]).toEqual([FACES[1]!.box, { index: 1 }])
  await asked[2]!.breaks()
  void page.retry()
  expect(asked[3]!.body).toEqual({ index: 1 })
  await asked[3]!.answer(search('s', 'queued'))
  await asked[4]!.answer(events(search('s', 'done')))
  await asked[5]!.answer(results('s', 'one'))
  expect(page.photos()).toEqual(['one'])
})

test('a selfie that stays here sends numbers alone, and one that this device cannot read sends nothing', async () => {
  using reads = open(async () => ({ modelVersion: 'v1', reading: { kind: 'faces', faces: [face()] } }))
  void reads.start('run', selfie('me'))
  await settled()
  expect(asked[0]).toMatchObject({ method: 'POST', body: { eventId: 'run', modelVersion: 'v1', quality: 0.9 } })
  expect((asked[0]!.body as { embedding: number[] }).embedding).toHaveLength(128)

  using fails = open(() => Promise.reject(new Error('no wasm')))
  await fails.start('run', selfie('me'))
  expect(fails.problem()).toEqual({ kind: 'device', code: 'no_engine' })
  using cannotShow = open(async () => ({ modelVersion: 'v1', reading: { kind: 'faces', faces: [face()] } }))
  await cannotShow.start('run', selfie('heic', null))
  expect(cannotShow.problem()).toEqual({ kind: 'device', code: 'unreadable' })
  expect(asked).toHaveLength(1)
})

test('faces that are read here are chosen here: nothing is sent before', async () => {
  const faces = FACES.map(({ box }) => face(box))
  using page = open(async () => ({ modelVersion: 'v1', reading: { kind: 'faces', faces } }))
  await page.start('run', selfie('us'))
  expect([page.search.value, asked]).toEqual([{ status: 'choose', faces: FACES }, []])
  void page.chooseFace(1)
  await settled()
  expect(asked[0]!.body).toMatchObject({ modelVersion: 'v1' })
})

test('a reading that ends after another selfie was asked for says nothing and sends nothing', async () => {
  const reads: ((reading: Reading) => void)[] = []
  using page = open(() => new Promise(resolve => reads.push(resolve)))
  void page.start('run', selfie('me'))
  page.again()
  reads[0]!({ modelVersion: 'v1', reading: { kind: 'faces', faces: [face()] } })
  await settled()
  expect([page.search.value, asked]).toEqual([{ status: 'capture', problem: null }, []])
})

test('an earlier search opens by its address; one that is gone begins afresh, without a fault', async () => {
  using page = open()
  void page.open('s')
  expect(page.search.value).toEqual({ status: 'opening' })
  await asked[0]!.answer(results('s', 'one'))
  expect(page.photos()).toEqual(['one'])
  void page.open('gone')
  await asked[1]!.answer(refusal(404, 'not_found'))
  expect(page.search.value).toEqual({ status: 'capture', problem: null })
})

test('who opens a search and takes a selfie meanwhile sees the search of the selfie', async () => {
  using page = open()
  void page.open('old')
  void page.start('run', selfie('me'))
  await asked[0]!.answer(results('old', 'not-mine'))
  expect([page.search.value, asked[0]!.isAborted]).toEqual([{ status: 'searching' }, true])
})

test('a page that is left frees its selfie and waits for nothing; one that was handed over stays', async () => {
  const left = open()
  void left.start('run', selfie('me'))
  left[Symbol.dispose]()
  await browser.goOnline()
  expect([asked[0]!.isAborted, asked.length, freed]).toEqual([true, 1, ['blob:me']])

  const handing = open()
  void handing.start('run', selfie('kept'))
  await asked[1]!.answer(search('s', 'queued'))
  expect(handing.handOver()).toMatchObject({ selfie: { url: 'blob:kept' }, searchId: 's' })
  handing[Symbol.dispose]()
  expect(freed).toEqual(['blob:me'])
})
