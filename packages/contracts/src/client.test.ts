import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import { FACE_SEARCH_CONSENT, startSearch } from './faces.ts'
import { batchUpload } from './photos.ts'

const sent: FormData[] = []
const client = createClient({
  baseUrl: 'http://api.test/api',
  fetch: async (_, init) => {
    sent.push(init?.body as FormData)
    return Response.json({})
  },
})

test('a form says its texts before its files, in the order of its contract, whatever order they are given in', async () => {
  const selfie = new Blob(['selfie'])
  await client.call(startSearch, { form: { selfie, consent: FACE_SEARCH_CONSENT.th, eventId: 'event' } })

  expect([...sent.at(-1)!.keys()]).toEqual(['eventId', 'consent', 'selfie'])
})

test('a form carries each of its files under one name, with the name of the file', async () => {
  const photo = ['a.jpg', 'b.jpg'].map(name => new File([name], name))
  await client.call(batchUpload, { form: { eventId: 'event', photo } })

  expect(
    sent
      .at(-1)!
      .getAll('photo')
      .map(file => (file as File).name),
  ).toEqual(['a.jpg', 'b.jpg'])
})

test('a form that lacks what its contract names does not compile', () => {
  // @ts-expect-error the consent is missing
  const input: Parameters<typeof client.call<typeof startSearch>>[1] = { form: { eventId: 'e', selfie: new Blob([]) } }
  expect(input).toBeTruthy()
})
