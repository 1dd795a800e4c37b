import CircuitBreaker from 'opossum'
import { Agent, fetch } from 'undici'
import { GatewayUnavailable } from '../../../base/payment-gateway.ts'

export interface GatewayTimes {
  connectMs: number
  totalMs: number
  /** How long a gateway that failed too often is not called, so that our customers need not wait for it. */
  breakerResetMs: number
}

export const GATEWAY_TIMES: GatewayTimes = { connectMs: 3_000, totalMs: 10_000, breakerResetMs: 10_000 }

const ANSWER_LIMIT = 1_000_000

interface Call {
  method?: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: object
}

/**
 * Calls to one gateway, behind a breaker of its own. No call is repeated here: `create` must not be repeated, and the
 * reconciler repeats `check`.
 *
 * @param read reads an answer; when it throws, the answer is none of the gateway's
 * @returns a function that throws GatewayUnavailable, and nothing else
 */
export function gatewayCalls<T>(times: GatewayTimes, read: (bytes: Buffer) => T): (call: Call) => Promise<T> {
  const dispatcher = new Agent({ connect: { timeout: times.connectMs } })

  const send = async ({ method = 'POST', url, headers, body }: Call): Promise<T> => {
    try {
      const response = await fetch(url, {
        method,
        headers: { ...(body && { 'content-type': 'application/json' }), accept: 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(times.totalMs),
        dispatcher,
      })
      const bytes = Buffer.from(await response.arrayBuffer())
      if (!response.ok) {
        const { status } = response
        const more = { refused: status < 500, status: isReadable(bytes, read) ? status : undefined }
        throw new GatewayUnavailable(`status ${status}`, more)
      }
      if (bytes.length > ANSWER_LIMIT) throw new GatewayUnavailable('the answer is too long')
      return read(bytes)
    } catch (error) {
      if (error instanceof GatewayUnavailable) throw error
      throw new GatewayUnavailable('no answer that can be read', { cause: error })
    }
  }

  const breaker = new CircuitBreaker(send, {
    timeout: false,
    volumeThreshold: 5,
    errorThresholdPercentage: 50,
    rollingCountTimeout: 30_000,
    resetTimeout: times.breakerResetMs,
    errorFilter: (error: unknown) => error instanceof GatewayUnavailable && error.refused,
  })
  return async call => {
    try {
      return await breaker.fire(call)
    } catch (error) {
      if (error instanceof GatewayUnavailable) throw error
      throw new GatewayUnavailable('spared for a while after too many failures', { cause: error })
    }
  }
}

function isReadable(bytes: Buffer, read: (bytes: Buffer) => unknown): boolean {
  try {
    read(bytes)
    return true
  } catch {
    return false
  }
}
