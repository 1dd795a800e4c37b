import { hash } from '@node-rs/argon2'
import { login, me } from '@pix/contracts/auth.ts'
import { ProblemError, createClient } from '@pix/contracts/client.ts'
import type { Client } from '@pix/contracts/client.ts'
import { setPhotographer } from '@pix/contracts/crew.ts'
import { createEvent, getEvent, setEventStatus } from '@pix/contracts/events.ts'
import { batchUpload, decidePhotos, listCrewPhotos } from '@pix/contracts/photos.ts'
import { connect } from '@pix/db/client.ts'
import { ensureMember, ensureOrganizer, ensureUser } from '@pix/db/ensure-user.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { demoPhotos, writeDemoSelfies } from './demo-photos.ts'
import { Obstacle, say } from '../base/say.ts'
import { searchable } from './search-demo.ts'
import type { Stack } from './stack.ts'

const DOMAIN = 'demo.thepixstock.test'
export const DEMO_LOGINS = {
  password: 'demo-pixstock-2026',
  users: [
    { role: 'admin', email: `admin@${DOMAIN}`, name: 'Nok (admin)' },
    { role: 'photographer', email: `photographer@${DOMAIN}`, name: 'Lek Photo' },
    { role: 'organizer', email: `organizer@${DOMAIN}`, name: 'Riverside Club' },
    { role: 'customer', email: `customer@${DOMAIN}`, name: 'Mali' },
  ],
} as const

const EVENT = {
  slug: 'riverside-night-2026',
  name: { th: 'คืนริมน้ำ 2026', en: 'Riverside Night 2026' },
  description: {
    th: 'งานสาธิต ถ่ายรูปเซลฟี่แล้วดูว่าคุณอยู่ในภาพไหนบ้าง หรือลองด้วยเซลฟี่ตัวอย่าง',
    en: 'The demo event: take a selfie and see which photos you are in, or try one of the sample selfies.',
  },
  category: 'party',
  venue: 'Riverside Club',
  province: 'กรุงเทพมหานคร',
  startsAt: '2026-11-14T11:30:00Z',
  endsAt: '2026-11-14T15:30:00Z',
  faceSearchWording:
    'ผู้ร่วมงานได้รับแจ้งที่ทางเข้าว่ามีการถ่ายภาพและค้นหาด้วยใบหน้าได้ · Guests were told at the entrance that photos are taken and can be found by face.',
} as const

const BATCH = 10
const LIMIT_MS = 15 * 60_000

/** Fills the demo event through the public API as its people would; what an earlier start has done is not repeated. */
export async function seedDemo(stack: Stack): Promise<{ slug: string; photoCount: number }> {
  const organizerId = await seedUsers(stack.database.owner)
  const selfies = await writeDemoSelfies(stack.demoFolder)
  writeFileSync(
    join(stack.demoFolder, 'selfies.json'),
    JSON.stringify({ eventSlug: EVENT.slug, selfies: selfies.map(file => `/demo/${file}`) }),
  )

  const admin = await signIn(stack.url, 'admin')
  let event = await findEvent(admin)
  if (!event) {
    say(`demo: making the event "${EVENT.name.en}" with ${demoPhotos().length} photos`)
    event = await admin.call(createEvent, { body: { ...EVENT, organizerId } })
  }
  const params = { id: event.id }
  if (event.status === 'planning') event = await admin.call(setEventStatus, { params, body: { status: 'open' } })
  if (event.status === 'open') {
    const photographer = await signIn(stack.url, 'photographer')
    const { id: userId } = await photographer.call(me, {})
    await admin.call(setPhotographer, { params: { id: event.id, userId }, body: { trusted: false } })
    await upload(photographer, event.id)
    await untilProcessed(admin, event.id)
    await admin.call(decidePhotos, { body: { eventId: event.id, decision: 'approved', photoIds: 'all_pending' } })
    await admin.call(setEventStatus, { params, body: { status: 'on_sale' } })
  }
  const found = await searchable(stack.url, event.id, join(stack.demoFolder, selfies[0]!))
  say(`demo: the first sample selfie finds ${found} photos`)
  return admin.call(getEvent, { params: { id: EVENT.slug } })
}

/** The demo's people are put into the database: nobody reads their mail. @returns the organizer's id */
async function seedUsers(ownerUrl: string): Promise<string> {
  const db = connect(ownerUrl, { max: 1 })
  try {
    for (const user of DEMO_LOGINS.users)
      await ensureUser(db, {
        email: user.email,
        name: user.name,
        role: user.role === 'admin' ? 'platform_admin' : 'user',
        passwordHash: await hash(DEMO_LOGINS.password),
      })
    await ensureMember(db, HOUSE_STUDIO, DEMO_LOGINS.users[1].email, 'photographer')
    return await ensureOrganizer(db, DEMO_LOGINS.users[2].email, DEMO_LOGINS.users[2].name)
  } finally {
    await db.$client.end()
  }
}

async function signIn(url: string, role: (typeof DEMO_LOGINS.users)[number]['role']): Promise<Client> {
  const { email } = DEMO_LOGINS.users.find(user => user.role === role)!
  const baseUrl = `${url}/api`
  const { accessToken } = await createClient({ baseUrl }).call(login, {
    body: { email, password: DEMO_LOGINS.password },
  })
  return createClient({ baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) })
}

async function findEvent(admin: Client) {
  try {
    return await admin.call(getEvent, { params: { id: EVENT.slug } })
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return undefined
    throw error
  }
}

async function upload(photographer: Client, eventId: string): Promise<void> {
  const photos = demoPhotos()
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

async function untilProcessed(admin: Client, eventId: string): Promise<void> {
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
