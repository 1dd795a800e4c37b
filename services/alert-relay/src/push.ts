import type { Message } from './write-message.ts'

const PATIENCE_MS = 5_000

export interface Channel {
  /** Origin of the Messaging API. */
  url: string
  token: string
}

/**
 * How a push ended. `before`: an earlier try with this key had arrived. `later`: it may be tried again. `refused`: LINE
 * would refuse it again.
 */
export type Pushed = { ended: 'sent' | 'before' } | { ended: 'later' | 'refused'; why: string }

/**
 * Sends a push message by the LINE Messaging API.
 * https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 */
export async function push(channel: Channel, to: string, message: Message, retryKey: string): Promise<Pushed> {
  try {
    const answer = await fetch(new URL('/v2/bot/message/push', channel.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${channel.token}`,
        'x-line-retry-key': retryKey,
      },
      body: JSON.stringify({
        to,
        messages: [{ type: 'text', text: message.text }],
        notificationDisabled: message.quiet,
      }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (answer.ok) return { ended: 'sent' }
    if (answer.status === 409) return { ended: 'before' }
    const why = `${answer.status} ${(await answer.text()).slice(0, 500)}`
    return { ended: answer.status >= 500 || answer.status === 429 ? 'later' : 'refused', why }
  } catch (error) {
    return { ended: 'later', why: error instanceof Error ? error.message : String(error) }
  }
}
