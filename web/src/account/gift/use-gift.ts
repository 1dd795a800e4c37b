import { ProblemError } from '@pix/contracts/client.ts'
import { downloadGift, openGift, type OpenedGift } from '@pix/contracts/gifts.ts'
import { computed } from 'vue'
import { call } from '../../base/api.ts'
import { usePolled } from '../../base/use-polled.ts'

export type GiftLink =
  /** `cut`: the address has no token. `over`: the link opens nothing any more. */
  { status: 'cut' | 'loading' | 'over' } | { status: 'failed'; message: string } | { status: 'open'; gift: OpenedGift }

/** The links of its pictures live for ten minutes: so long after the last reading they are asked for again. */
const PICTURES_FRESH_MS = 5 * 60_000

/** Refused for good: no token of ours, or one that ended. */
const isOver = (error: unknown) => error instanceof ProblemError && (error.status === 404 || error.status === 422)

const overOrThrow = (error: unknown): 'over' => {
  if (isOver(error)) return 'over'
  throw error
}

/** The photos that a link gives. Reading them uses nothing up; downloads are counted. */
export function useGift(token: string) {
  let readAt = 0
  const { state, load, look } = usePolled<OpenedGift | 'over'>(
    async signal => {
      readAt = Date.now()
      if (token === '') return 'over'
      return await call(openGift, { body: { token } }, { signal }).catch(overOrThrow)
    },
    () => undefined,
  )
  const link = computed<GiftLink>(() => {
    const now = state.value
    if (token === '') return { status: 'cut' }
    if (now.status !== 'loaded') return now
    return now.value === 'over' ? { status: 'over' } : { status: 'open', gift: now.value }
  })

  /** A picture did not come: its link may have ended. What is shown stays where the gift cannot be read again. */
  const pictureFailed = async (): Promise<void> => {
    if (Date.now() - readAt > PICTURES_FRESH_MS) await look()
  }

  /** @returns an address that begins the download. @throws ProblemError `link_used_up` when it was downloaded too often */
  async function urlOf(photoId: string, size: 'original' | 'share'): Promise<string> {
    try {
      return (await call(downloadGift, { body: { token, photoId, size } })).url
    } catch (error) {
      // Withdrawn or taken back meanwhile: the page says so.
      if (isOver(error)) await look()
      throw error
    }
  }

  return { link, load, pictureFailed, urlOf }
}
