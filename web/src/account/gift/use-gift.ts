import { ProblemError } from '@pix/contracts/client.ts'
import { downloadGift, openGift, type OpenedGift } from '@pix/contracts/gifts.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'

export type GiftLink =
  /** `cut`: the address has no token. `over`: the link opens nothing any more. */
  { status: 'cut' | 'loading' | 'over' } | { status: 'failed'; message: string } | { status: 'open'; gift: OpenedGift }

/** The links of its pictures live for ten minutes: so long after the last reading they are asked for again. */
const PICTURES_FRESH_MS = 5 * 60_000

/** Refused for good: no token of ours, or one that ended. */
const isOver = (error: unknown) => error instanceof ProblemError && (error.status === 404 || error.status === 422)

/** The photos that a link gives. Reading them uses nothing up; downloads are counted. */
export function useGift(token: string) {
  const link = shallowRef<GiftLink>({ status: token === '' ? 'cut' : 'loading' })
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())
  let readAt = 0

  async function read(): Promise<void> {
    readAt = Date.now()
    try {
      const gift = await call(openGift, { body: { token } }, { signal: gone.signal })
      link.value = { status: 'open', gift }
    } catch (error) {
      if (gone.signal.aborted) return
      if (isOver(error)) link.value = { status: 'over' }
      else if (link.value.status !== 'open') link.value = { status: 'failed', message: problemMessage(error) }
    }
  }

  async function load(): Promise<void> {
    if (token === '') return
    link.value = { status: 'loading' }
    await read()
  }

  /** A picture did not come: its link may have ended. */
  const pictureFailed = (): Promise<void> => (Date.now() - readAt > PICTURES_FRESH_MS ? read() : Promise.resolve())

  /** @returns an address that begins the download. @throws ProblemError `link_used_up` when it was downloaded too often */
  async function urlOf(photoId: string, size: 'original' | 'share'): Promise<string> {
    try {
      return (await call(downloadGift, { body: { token, photoId, size } })).url
    } catch (error) {
      // Withdrawn or taken back meanwhile: the page says so.
      if (isOver(error)) await read()
      throw error
    }
  }

  void load()
  return { link, load, pictureFailed, urlOf }
}
