import type { Redis } from 'ioredis'
import { within } from './within.ts'

export type Topic =
  | `search:${string}`
  | `payment:${string}`
  | `archive:${string}`
  | `photos:${string}`
  | `desk:${string}`
  | `sweep:${string}`

/** A topic that is listened to. */
export interface Subscription {
  /** Resolves once hints arrive: what changed before may have gone unheard. */
  standing: Promise<void>
  end(): void
}

/**
 * "Look again": a hint over Redis that a row changed. Carries nothing else; its receiver reads PostgreSQL. A lost
 * hint only costs the time until the listener's own next look.
 */
export interface Live {
  publish(topic: Topic): Promise<void>
  /** Calls back at every hint until the subscription is ended. */
  subscribe(topic: Topic, onHint: () => void): Subscription
  /** Those of the topics that somebody listens to, in any process; none while Redis is away. */
  followed(topics: readonly Topic[]): Promise<Set<Topic>>
  /** Whether hints can arrive at this moment: the connection that brings them answers a ping. */
  isConnected(): Promise<boolean>
  close(): void
}

const PREFIX = 'live:'
const PING_MS = 500

interface Channel {
  listeners: Set<() => void>
  standing: Promise<void>
}

export function createLive(publisher: Redis, onError: (error: unknown) => void): Live {
  const channels = new Map<string, Channel>()
  let subscriber: Redis | undefined

  const connectSubscriber = (): Redis => {
    subscriber = publisher.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null })
    subscriber.on('error', onError)
    subscriber.on('message', (channel: string) => {
      for (const listener of channels.get(channel)?.listeners ?? []) listener()
    })
    return subscriber
  }

  return {
    async publish(topic) {
      await publisher.publish(PREFIX + topic, '').catch(onError)
    },
    subscribe(topic, onHint) {
      const name = PREFIX + topic
      const connection = subscriber ?? connectSubscriber()
      const channel = channels.get(name) ?? open(connection, name, onError)
      channels.set(name, channel)
      channel.listeners.add(onHint)
      return {
        standing: channel.standing,
        end() {
          channel.listeners.delete(onHint)
          if (channel.listeners.size > 0 || channels.get(name) !== channel) return
          channels.delete(name)
          connection.unsubscribe(name).catch(onError)
        },
      }
    },
    async followed(topics) {
      if (topics.length === 0) return new Set()
      const counts = await publisher.pubsub('NUMSUB', ...topics.map(topic => PREFIX + topic)).catch(error => {
        onError(error)
        return []
      })
      return new Set(topics.filter((_, i) => Number(counts[2 * i + 1]) > 0))
    },
    async isConnected() {
      if (!subscriber) return publisher.status === 'ready'
      if (subscriber.status !== 'ready') return false
      return within(PING_MS, subscriber.ping())
    },
    close() {
      channels.clear()
      subscriber?.disconnect()
    },
  }
}

function open(connection: Redis, name: string, onError: (error: unknown) => void): Channel {
  const standing = new Promise<void>(resolve => {
    connection.subscribe(name).then(() => resolve(), onError)
  })
  return { listeners: new Set(), standing }
}
