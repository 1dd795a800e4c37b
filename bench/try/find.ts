import { openAsBlob } from 'node:fs'
import { ProblemError } from '@pix/contracts/client.ts'
import {
  chooseFace,
  FACE_SEARCH_CONSENT,
  searchResults,
  searchStatus,
  startSearch,
  type Match,
  type Search,
} from '@pix/contracts/faces.ts'
import { nameOf } from './arguments.ts'
import type { Visitor } from './visitor.ts'

export interface SelfieAnswer {
  selfie: string
  /** `ok`, or the problem's code. */
  code: string
  milliseconds: number
  searchId: string | undefined
  matches: Match[]
}

/** One customer's search with one selfie, from upload to results; of several faces the largest is taken. */
export async function findWithSelfie(visitor: Visitor, eventId: string, file: string): Promise<SelfieAnswer> {
  const started = performance.now()
  const answer = (code: string, searchId?: string, matches: Match[] = []): SelfieAnswer => ({
    selfie: nameOf(file),
    code,
    milliseconds: performance.now() - started,
    searchId,
    matches,
  })
  try {
    const form = { eventId, consent: FACE_SEARCH_CONSENT.th, selfie: await openAsBlob(file) }
    const search = await finish(visitor, await visitor.call(startSearch, { form }))
    if (search.state === 'failed') return answer(search.problem?.code ?? 'internal', search.id)
    const { items } = await visitor.call(searchResults, { params: { id: search.id } })
    return answer('ok', search.id, items)
  } catch (error) {
    if (error instanceof ProblemError) return answer(error.code)
    throw error
  }
}

async function finish(visitor: Visitor, started: Search): Promise<Search> {
  let search = started
  for await (const state of visitor.follow(searchStatus, { params: { id: started.id } })) {
    search = state
    if (search.state === 'choose_face') {
      const largest = search.faces.toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)[0]
      await visitor.call(chooseFace, { params: { id: search.id }, body: { index: largest?.index ?? 0 } })
    }
    if (search.state === 'done' || search.state === 'failed') break
  }
  return search
}
