import { slips } from '@pix/db/schema/slips.ts'
import { transferAccounts } from '@pix/db/schema/transfer-accounts.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { slipKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { randomBytes } from 'node:crypto'
import type { TestApp } from '../../../testing/test-app.ts'

export const ACCOUNT = { bank: 'KBank', number: '0123456789', name: 'ThePixStock Co., Ltd.', promptpay: '0812345678' }

/** Has an account for transfers in force: a row only. */
export async function takeTransfers({ db, deps }: TestApp): Promise<void> {
  const [id, { bank, name, number }] = [deps.newId(), ACCOUNT]
  const sealed = seal(deps.settings.COLUMN_KEYS, transferAccounts.number, id, number)
  await db.insert(transferAccounts).values({ id, bank, name, number: sealed, setAt: deps.now() }).onConflictDoNothing()
}

/** A slip that a worker has read and that waits for a person, with its picture. @returns its id */
export async function addSlip(
  { db, deps }: TestApp,
  orderId: string,
  more: Partial<typeof slips.$inferInsert> = {},
): Promise<string> {
  const [id, at] = [deps.newId(), deps.now()]
  const row = { id, orderId, state: 'waiting' as const, pictureHash: randomBytes(32), uploadedAt: at, readAt: at }
  await db.insert(slips).values({ ...row, ...more })
  await deps.storage.put(VANISHING_BUCKET, slipKey(id), Buffer.from([0xff, 0xd8, 0xff]), { contentType: 'image/jpeg' })
  return id
}

/** What a person says of the money that a statement shows: 60 baht unless said otherwise. */
export const found = (
  reference: string,
  {
    satang = 6_000,
    ...confirmed
  }: { satang?: number; isSecond?: boolean; isNotTakenIn?: boolean; isNotQrMoney?: boolean } = {},
) => ({
  amount: { amount: satang, currency: 'THB' },
  arrivedAt: '2026-11-26T09:00:00Z',
  reference,
  ...confirmed,
})

/** The form with which a browser sends a slip. */
export function slipForm(bytes: Buffer): { type: string; payload: Buffer } {
  const edge = 'edge'
  const head = `--${edge}\r\ncontent-disposition: form-data; name="slip"; filename="slip.jpg"\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${edge}--\r\n`)])
  return { type: `multipart/form-data; boundary=${edge}`, payload }
}
