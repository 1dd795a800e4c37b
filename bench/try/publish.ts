import { openAsBlob, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { setPhotographer } from '@pix/contracts/crew.ts'
import { createEvent, setEventStatus } from '@pix/contracts/event-fields.ts'
import { type EventDetail } from '@pix/contracts/events.ts'
import { batchUpload, decidePhotos, listCrewPhotos, type CrewPhoto, type UploadOutcome } from '@pix/contracts/photos.ts'
import { listMembers } from '@pix/contracts/studios.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { nameOf } from './arguments.ts'
import { DEMO, type Visitor } from './visitor.ts'

// A batch is at most 50 files, and its request stays under the 60 MB that the edge lets through.
const BATCH_FILES = 50
const BATCH_BYTES = 55_000_000
// Half of what the default limits allow one user: 100 requests a minute.
const POLL_MS = 1_200

/** A new event with face search switched on, taking uploads from the photographer of that address; none: the admin uploads. */
export async function openEvent(admin: Visitor, email: string | null = DEMO.photographer): Promise<EventDetail> {
  const day = Date.now()
  const event = await admin.call(createEvent, {
    body: {
      slug: `try-${day.toString(36)}`,
      name: { th: 'งานทดลอง', en: 'Trial event' },
      category: 'other',
      venue: 'Trial',
      province: 'Bangkok',
      startsAt: new Date(day - 86_400_000).toISOString(),
      endsAt: new Date(day).toISOString(),
      visibility: 'link',
      faceSearchWording: 'Participants of this trial were informed that faces are searched.',
    },
  })
  await admin.call(setEventStatus, { params: { id: event.id }, body: { status: 'open' } })
  if (email === null) return event
  const { items } = await admin.call(listMembers, { params: { id: HOUSE_STUDIO }, query: { limit: 100 } })
  const photographer = items.find(member => member.email === email)
  if (!photographer) throw new Error(`${email} is no member of the house studio`)
  const params = { id: event.id, userId: photographer.userId }
  await admin.call(setPhotographer, { params, body: { trusted: false } })
  return event
}

/** Uploads in batches; every file has an outcome of its own. */
export async function uploadAll(photographer: Visitor, eventId: string, files: string[]): Promise<UploadOutcome[]> {
  const outcomes: UploadOutcome[] = []
  for (const batch of batchesOf(files)) {
    const photo = await Promise.all(batch.map(async file => new File([await openAsBlob(file)], nameOf(file))))
    outcomes.push(...(await photographer.call(batchUpload, { form: { eventId, photo } })).items)
  }
  return outcomes
}

function* batchesOf(files: string[]): Generator<string[]> {
  let batch: string[] = []
  let bytes = 0
  for (const file of files) {
    const size = statSync(file).size
    if (batch.length === BATCH_FILES || (batch.length > 0 && bytes + size > BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(file)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

/** Waits until the worker has answered every photo of the event, well or not. */
export async function waitProcessed(
  admin: Visitor,
  eventId: string,
  onProgress: (left: number) => void,
): Promise<CrewPhoto[]> {
  for (;;) {
    const { counts } = await admin.call(listCrewPhotos, { params: { id: eventId }, query: { limit: 1 } })
    const left = counts.queued + counts.processing
    onProgress(left)
    if (left === 0) return everyPhoto(admin, eventId)
    await sleep(POLL_MS)
  }
}

async function everyPhoto(admin: Visitor, eventId: string): Promise<CrewPhoto[]> {
  const photos: CrewPhoto[] = []
  let cursor: string | null = null
  do {
    const page: { items: CrewPhoto[]; nextCursor: string | null } = await admin.call(listCrewPhotos, {
      params: { id: eventId },
      query: { limit: 100, ...(cursor ? { cursor } : {}) },
    })
    photos.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return photos
}

/** Approves everything processed and opens the sale. */
export async function putOnSale(admin: Visitor, eventId: string): Promise<void> {
  await admin.call(decidePhotos, { body: { eventId, decision: 'approved', photoIds: 'all_pending' } })
  await admin.call(setEventStatus, { params: { id: eventId }, body: { status: 'on_sale' } })
}
