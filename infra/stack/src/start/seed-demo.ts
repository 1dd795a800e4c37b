import { hash } from '@node-rs/argon2'
import { me } from '@pix/contracts/auth.ts'
import { setPhotographer } from '@pix/contracts/crew.ts'
import { createEvent, setEventStatus } from '@pix/contracts/event-fields.ts'
import { getEvent } from '@pix/contracts/events.ts'
import { connect } from '@pix/db/client.ts'
import { ensureMember, ensureOrganizer, ensureUser } from '@pix/db/ensure-user.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '../base/say.ts'
import { DEMO_LOGINS, findEvent, putOnSale, signIn, untilProcessed, upload } from './demo-people.ts'
import { demoPhotos, writeDemoSelfies } from './demo-photos.ts'
import { putInSecondStudio, seedSecondStudio } from './seed-second-studio.ts'
import { searchable } from './search-demo.ts'
import type { Stack } from './stack.ts'

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
    'ผู้ร่วมงานได้รับแจ้งที่ทางเข้าว่ามีการถ่ายภาพและค้นหาด้วยใบหน้าได้ · Guests were informed at the entrance that photos are taken and can be found by face.',
} as const

const PHOTOS = demoPhotos('2026-11-14T19:04')

/** Fills the demo event through the public API as its people would; what an earlier start has done is not repeated. */
export async function seedDemo(stack: Stack): Promise<{ slug: string; photoCount: number }> {
  const organizerId = await seedUsers(stack.database.owner)
  const selfies = await writeDemoSelfies(stack.demoFolder)
  writeFileSync(
    join(stack.demoFolder, 'selfies.json'),
    JSON.stringify({ eventSlug: EVENT.slug, selfies: selfies.map(file => `/demo/${file}`) }),
  )

  const admin = await signIn(stack.url, 'admin')
  let event = await findEvent(admin, EVENT.slug)
  if (!event) {
    say(`demo: making the event "${EVENT.name.en}" with ${PHOTOS.length} photos`)
    event = await admin.call(createEvent, { body: { ...EVENT, organizerId } })
  }
  const params = { id: event.id }
  if (event.status === 'planning') event = await admin.call(setEventStatus, { params, body: { status: 'open' } })
  if (event.status === 'open') {
    const photographer = await signIn(stack.url, 'photographer')
    const { id: userId } = await photographer.call(me, {})
    await admin.call(setPhotographer, { params: { id: event.id, userId }, body: { trusted: false } })
    await upload(photographer, event.id, PHOTOS)
    await untilProcessed(admin, event.id)
    await putOnSale(admin, event.id)
  }
  const found = await searchable(stack.url, event.id, join(stack.demoFolder, selfies[0]!))
  await seedSecondStudio(stack.url)
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
    await putInSecondStudio(db)
    return await ensureOrganizer(db, DEMO_LOGINS.users[2].email, DEMO_LOGINS.users[2].name)
  } finally {
    await db.$client.end()
  }
}
