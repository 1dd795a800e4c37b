import type { Db } from '@pix/db/client.ts'
import type { Live } from '@pix/platform/live.ts'
import type { Log } from '@pix/platform/log.ts'
import type { ImapFlow } from 'imapflow'
import { publishLetter } from '../letters/publish-letter.ts'
import { withMailbox } from './open-mailbox.ts'
import { type Bounce, readBounce } from './read-bounce.ts'
import { recordBounce } from './record-bounce.ts'

export interface BounceDeps {
  db: Db
  live: Pick<Live, 'publish'>
  now: () => Date
  log: Pick<Log, 'info' | 'warn'>
}

/** Messages of one run; the next follows within a minute. */
const AT_ONCE = 200
/** Bytes that are read of each message. The report stands before the letter that came back. */
const MOST_BYTES = 512 * 1024

/**
 * Reads the mailbox to which letters come back that were taken and not delivered. A message is marked as seen once it was
 * handled: a clerk that dies before that, or a second one, handles it again, which changes nothing.
 */
export async function readBounces(
  deps: BounceDeps,
  { BOUNCE_IMAP_URL, MODE }: { BOUNCE_IMAP_URL: string; MODE: string },
): Promise<void> {
  await withMailbox({ url: BOUNCE_IMAP_URL, requireTls: MODE === 'production' }, async client => {
    const unseen = (await client.search({ seen: false }, { uid: true })) || []
    for (const uid of unseen.slice(0, AT_ONCE)) {
      const source = await sourceOf(client, uid)
      if (source) await handleMessage(deps, source)
      await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
    }
  })
}

async function sourceOf(client: ImapFlow, uid: number): Promise<Uint8Array | undefined> {
  const message = await client.fetchOne(String(uid), { source: { maxLength: MOST_BYTES } }, { uid: true })
  return message ? message.source : undefined
}

/** A message that cannot be read is passed over: it would keep every later one from being handled. */
async function handleMessage(deps: BounceDeps, source: Uint8Array): Promise<void> {
  const bounce = await readBounce(source).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'a message in the mailbox for bounces could not be read')
    return null
  })
  if (bounce) await handleBounce(deps, bounce)
}

async function handleBounce(deps: BounceDeps, { mailId, isHard, status, answer }: Bounce): Promise<void> {
  if (!isHard) return deps.log.info({ mailId, status }, 'a letter bounced; its address is not suppressed')
  if (!(await recordBounce(deps, { mailId, answer }))) return
  deps.log.warn({ mailId, status }, 'a letter bounced: its address is suppressed')
  await publishLetter(deps, mailId)
}
