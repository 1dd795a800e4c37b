import type { Redis } from 'ioredis'

export type Topic = `search:${string}` | `payment:${string}` | `archive:${string}` | `photos:${string}`

/**
 * "Look again": a hint over Redis that a row changed. Carries nothing else; who hears it reads PostgreSQL. A lost
 * hint only costs the time until the listener's own next look.
 */
export interface Live {
  publish(topic: Topic): Promise<void>
  /** Calls back at every hint until the returned function is called. */
  subscribe(topic: Topic, onHint: () => void): () => void
  close(): void
}

const PREFIX = 'live:'

export function createLive(publisher: Redis, onError: (error: unknown) => void): Live {
  const listeners = new Map<string, Set<() => void>>()
  let subscriber: Redis | undefined

  const connectSubscriber = (): Redis => {
    subscriber = publisher.duplicate({
      enableOfflineQueue: true,
      maxRetriesPerRequest: null,
      commandTimeout: undefined!,
    })
    subscriber.on('error', onError)
    subscriber.on('message', (channel: string) => {
      for (const listener of listeners.get(channel) ?? []) listener()
    })
    return subscriber
  }

  return {
    async publish(topic) {
      await publisher.publish(PREFIX + topic, '').catch(onError)
    },
    subscribe(topic, onHint) {
      const channel = PREFIX + topic
      const connection = subscriber ?? connectSubscriber()
      const group = listeners.get(channel) ?? new Set()
      if (group.size === 0) connection.subscribe(channel).catch(onError)
      listeners.set(channel, group.add(onHint))
      return () => {
        group.delete(onHint)
        if (group.size > 0 || listeners.get(channel) !== group) return
        listeners.delete(channel)
        connection.unsubscribe(channel).catch(onError)
      }
    },
    close() {
      listeners.clear()
      subscriber?.disconnect()
    },
  }
}
