import { createClient } from '@pix/contracts/client.ts'
import { fetchWithCookies } from '@pix/contracts/cookie-jar.ts'
import { FACE_SEARCH_CONSENT, forgetSearch, searchStatus, startSearch } from '@pix/contracts/faces.ts'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Obstacle } from '../base/say.ts'

const LIMIT_MS = 120_000
/** A visitor has 100 requests a minute: asking more often fails the start on a slow machine. */
const POLL_MS = 1_000

/**
 * Searches the event as a visitor would and forgets it again: the proof that "ready" is true.
 * @returns how many photos it found, at least one
 */
export async function searchable(url: string, eventId: string, selfieFile: string): Promise<number> {
  const visitor = createClient({ baseUrl: `${url}/api`, fetch: fetchWithCookies() })
  const selfie = new Blob([new Uint8Array(readFileSync(selfieFile))], { type: 'image/jpeg' })
  const started = await visitor.call(startSearch, { form: { eventId, consent: FACE_SEARCH_CONSENT.th, selfie } })
  const params = { id: started.id }
  const deadline = Date.now() + LIMIT_MS
  let search = started
  while (search.state === 'queued' || search.state === 'processing') {
    if (Date.now() > deadline)
      throw new Obstacle("The demo event could not be searched within 2 minutes: see the face-worker's log.")
    await sleep(POLL_MS)
    search = await visitor.call(searchStatus, { params })
  }
  const found = search.counts.sure + search.counts.likely + search.counts.maybe
  await visitor.call(forgetSearch, { params })
  if (search.state !== 'done' || found === 0)
    throw new Obstacle(
      `The sample selfie found nobody in the demo event (${search.problem?.code ?? search.state}): see the face-worker's log, or begin again with "npm run reset".`,
    )
  return found
}
