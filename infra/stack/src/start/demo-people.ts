import { login } from '@pix/contracts/auth.ts'
import { ProblemError, createClient } from '@pix/contracts/client.ts'
import type { Client } from '@pix/contracts/client.ts'
import { setEventStatus } from '@pix/contracts/event-fields.ts'
import { getEvent } from '@pix/contracts/events.ts'
import { batchUpload, decidePhotos, listCrewPhotos } from '@pix/contracts/photos.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { Obstacle, say } from '../base/say.ts'
import type { DemoPhoto } from './demo-photos.ts'

const DOMAIN = 'demo.thepixstock.test'
export const DEMO_LOGINS = {
  password: 'demo-pixstock-2026',
  users: [
    { role: 'admin', email: `admin@${DOMAIN}`, name: 'Nok (admin)' },
    { role: 'photographer', email: `photographer@${DOMAIN}`, name: 'Lek Photo' },
    { role: 'organizer', email: `organizer@${DOMAIN}`, name: 'Riverside Club' },
    { role: 'customer', email: `customer@${DOMAIN}`, name: 'Mali' },
    { role: 'second owner', email: `owner@second.${DOMAIN}`, name: 'Ploy (Moonlight)' },
    { role: 'second photographer', email: `photographer@second.${DOMAIN}`, name: 'Ton Moonlight' },
  ],
} as const

const BATCH = 10
const LIMIT_MS = 15 * 60_000

/** A client of somebody of the demo. On a slow machine the demo takes longer than a token lives: it signs in again then. */
export async function signIn(url: string, role: (typeof DEMO_LOGINS.users)[number]['role']): Promise<Client> {
  const { email } = DEMO_LOGINS.users.find(user => user.role === role)!
  const baseUrl = `${url}/api`
  const begin = async () => {
    const { accessToken } = await createClient({ baseUrl }).call(login, {
      body: { email, password: DEMO_LOGINS.password },
    })
    return createClient({ baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) })
  }
  let client = await begin()
  const call: Client['call'] = async (...asked) => {
    try {
      return await client.call(...asked)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'unauthorized') throw error
      client = await begin()
      return client.call(...asked)
    }
  }
  return { ...client, call }
}

/** One that is there already, whatever its status; undefined where there is none. */
export async function findEvent(client: Client, slug: string) {
  try {
    return await client.call(getEvent, { params: { id: slug } })
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return undefined
    throw error
  }
}

/** Uploads in batches, as a photographer's browser does. */
export async function upload(photographer: Client, eventId: string, photos: readonly DemoPhoto[]): Promise<void> {
  for (let i = 0; i < photos.length; i += BATCH) {
    const photo: File[] = []
    for (const { fileName, make } of photos.slice(i, i + BATCH))
      photo.push(new File([new Uint8Array(await make())], fileName, { type: 'image/jpeg' }))
    const { items } = await photographer.call(batchUpload, { form: { eventId, photo } })
    const refused = items.find(item => item.outcome === 'refused')
    if (refused) throw new Obstacle(`The demo photo ${refused.fileName} was refused: ${refused.code}.`)
    say(`demo: uploaded ${Math.min(i + BATCH, photos.length)} of ${photos.length}`)
  }
}

/** Waits until every photo of the event was read. */
export async function untilProcessed(admin: Client, eventId: string): Promise<void> {
  const deadline = Date.now() + LIMIT_MS
  for (let said = -1; ; await sleep(2_000)) {
    const { counts } = await admin.call(listCrewPhotos, { params: { id: eventId }, query: { limit: 1 } })
    const waiting = counts.queued + counts.processing
    if (counts.processed !== said)
      say(`demo: processed ${counts.processed} of ${counts.processed + waiting + counts.failed}`)
    said = counts.processed
    if (counts.failed > 0)
      throw new Obstacle(`${counts.failed} demo photos could not be processed: see the face-worker's log.`)
    if (waiting === 0) return
    if (Date.now() > deadline)
      throw new Obstacle("The demo photos were not processed within 15 minutes: see the face-worker's log.")
  }
}

/** Approves every photo of the event that waits for approval, and opens the sale. */
export async function putOnSale(client: Client, eventId: string): Promise<void> {
  await client.call(decidePhotos, { body: { eventId, decision: 'approved', photoIds: 'all_pending' } })
  await client.call(setEventStatus, { params: { id: eventId }, body: { status: 'on_sale' } })
}
