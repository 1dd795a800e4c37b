import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'

/** One visitor, and what they look at. */
export interface Viewer {
  token: string
  address: string
  paths: string[]
}

/** How the viewers are at this moment. */
export interface Watching {
  open: number
  refused: number
  /** Streams that the server ended. */
  ended: number
  events: number
}

const OPENED_AT_ONCE = 50

/** A process of its own: opens every stream of its viewers, keeps them, and reports their state when asked. */
async function watch(origin: string, viewers: readonly Viewer[]): Promise<void> {
  const now: Watching = { open: 0, refused: 0, ended: 0, events: 0 }
  process.on('message', () => process.send!(now))
  const waiting = viewers.flatMap(viewer => viewer.paths.map(path => ({ ...viewer, path }))).values()
  const openNext = async () => {
    for (const { path, token, address } of waiting) {
      const answer = await head(origin + path, token, address).catch(() => undefined)
      if (answer?.statusCode !== 200) {
        now.refused += 1
        answer?.destroy()
        continue
      }
      now.open += 1
      answer.on('data', (data: Buffer) => (now.events += data.includes('data:') ? 1 : 0))
      answer.once('close', () => {
        now.open -= 1
        now.ended += 1
      })
      answer.on('error', () => undefined)
    }
  }
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, openNext))
  process.send!('opened')
}

async function head(url: string, token: string, address: string): Promise<IncomingMessage> {
  const headers = { accept: 'text/event-stream', cookie: `pix_session=${token}`, 'x-forwarded-for': address }
  const sent = request(url, { agent: false, headers }).end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return answer
}

if (process.send) {
  process.once('message', (given: { origin: string; viewers: Viewer[] }) => void watch(given.origin, given.viewers))
  process.once('disconnect', () => process.exit())
}
