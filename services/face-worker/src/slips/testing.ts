import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { newId } from '@pix/db/ids.ts'
import { addSession } from '@pix/db/rows-testing.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { slipUploadKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { createHash } from 'node:crypto'
import { generate } from 'promptparse'
import QRCode from 'qrcode'
import sharp, { type Sharp } from 'sharp'
import type { TestPlace } from '../testing.ts'

/** An order that slips can be sent for. @returns its id */
export async function addSlipOrder({ db }: TestPlace): Promise<string> {
  const [sessionId, id] = [await addSession(db), newId()]
  const bought = { email: 'a@b.example', locale: 'th', status: 'pending' as const, total: 0, expiresAt: new Date() }
  await db.insert(orders).values({ id, number: `PX-${id}`, studioId: HOUSE_STUDIO, sessionId, ...bought })
  return id
}

/** A slip that waits to be read, as the api leaves it. @returns its id */
export async function uploadSlip({ db, storage }: TestPlace, orderId: string, bytes: Buffer): Promise<string> {
  const id = newId()
  await storage.put(VANISHING_BUCKET, slipUploadKey(id), bytes, { contentType: 'application/octet-stream' })
  const pictureHash = createHash('sha256').update(bytes).digest()
  await db.insert(slips).values({ id, orderId, pictureHash, uploadedAt: new Date() })
  return id
}

/** A phone's screen with a small QR in a corner, as banks draw slips. */
export async function slipPicture(text: string | null, shade = 250): Promise<Sharp> {
  const background = { r: shade, g: 250, b: 250 }
  const screen = sharp({ create: { width: 1080, height: 2000, channels: 3, background } })
  if (text === null) return screen
  const qr = await QRCode.toBuffer(text, { width: 260, margin: 2 })
  return screen.composite([{ input: qr, left: 760, top: 1_640 }])
}

/** What the mini-QR of a transfer says. */
export const codeOf = (transRef: string) => generate.slipVerify({ sendingBank: '014', transRef })
