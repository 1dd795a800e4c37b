import { me } from '@pix/contracts/auth.ts'
import { setPhotographer } from '@pix/contracts/crew.ts'
import { createEvent, setEventStatus } from '@pix/contracts/event-fields.ts'
import { chooseCover } from '@pix/contracts/event-form.ts'
import { listCrewPhotos } from '@pix/contracts/photos.ts'
import type { Db } from '@pix/db/client.ts'
import { ensureMember } from '@pix/db/ensure-user.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { say } from '../base/say.ts'
import { DEMO_LOGINS, findEvent, putOnSale, signIn, untilProcessed, upload } from './demo-people.ts'
import { demoPhotos } from './demo-photos.ts'

/** A studio beside the house: its people see nothing of the house's, and the house's nothing of theirs. */
export const SECOND_STUDIO = '00000000-0000-7000-8000-0000000000d2'
const STUDIO = {
  id: SECOND_STUDIO,
  slug: 'moonlight',
  nameTh: 'มูนไลท์ โฟโต้',
  nameEn: 'Moonlight Photo',
  accentColor: '#3b5bdb',
}

/** Earlier than the house's event, which stays the newest. */
const EVENT = {
  slug: 'moonlight-graduation-2026',
  name: { th: 'รับปริญญามูนไลท์ 2026', en: 'Moonlight Graduation 2026' },
  description: {
    th: 'งานของสตูดิโอที่สอง อยู่ในร้านเดียวกัน แต่มีทีมงานของตัวเอง',
    en: 'An event of the second studio: in the same shop, with people of its own.',
  },
  category: 'graduation',
  venue: 'Moonlight Hall',
  province: 'เชียงใหม่',
  startsAt: '2026-10-10T02:00:00Z',
  endsAt: '2026-10-10T09:00:00Z',
  faceSearchWording:
    'บัณฑิตได้รับแจ้งตอนลงทะเบียนว่ามีการถ่ายภาพและค้นหาด้วยใบหน้าได้ · Graduates were informed at registration that photos are taken and can be found by face.',
} as const
const PHOTOS = demoPhotos('2026-10-10T09:10').slice(0, 6)
/** Not the one that the house's event has by itself, which is made from the same six pictures. */
const COVER = PHOTOS[5]!.fileName
const [OWNER, PHOTOGRAPHER] = [DEMO_LOGINS.users[4], DEMO_LOGINS.users[5]]

/** Makes the studio, and gives its people their places. What is there stays as it is. */
export async function putInSecondStudio(db: Db): Promise<void> {
  await db.insert(studios).values(STUDIO).onConflictDoNothing()
  await ensureMember(db, STUDIO.id, OWNER.email, 'owner')
  await ensureMember(db, STUDIO.id, PHOTOGRAPHER.email, 'photographer')
}

/** Fills the second studio's event as its people would; what an earlier start has done is not repeated. */
export async function seedSecondStudio(url: string): Promise<void> {
  const owner = await signIn(url, OWNER.role)
  let event = await findEvent(owner, EVENT.slug)
  if (event?.status === 'on_sale') return
  say(`demo: making the event "${EVENT.name.en}" of a second studio with ${PHOTOS.length} photos`)
  event ??= await owner.call(createEvent, { body: EVENT })
  const params = { id: event.id }
  if (event.status === 'planning') event = await owner.call(setEventStatus, { params, body: { status: 'open' } })
  const photographer = await signIn(url, PHOTOGRAPHER.role)
  const { id: userId } = await photographer.call(me, {})
  await owner.call(setPhotographer, { params: { id: event.id, userId }, body: { trusted: false } })
  await upload(photographer, event.id, PHOTOS)
  await untilProcessed(owner, event.id)
  await putOnSale(owner, event.id)
  const { items } = await owner.call(listCrewPhotos, { params, query: {} })
  const cover = items.find(({ fileName }) => fileName === COVER)
  if (cover) await owner.call(chooseCover, { params, body: { photoId: cover.id } })
}
