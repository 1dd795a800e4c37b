import type { ToChild, ToParent } from './messages.ts'

/** What a child can do once it is set up. */
export interface Service<D, R, A> {
  /** Sent to the parent once. */
  about: A
  run(data: D, signal: AbortSignal): Promise<R>
}

/** The main function of a child process: set up once, then work for its parent until the parent is gone. */
export function serveParent<S, D, R, A>(start: (settings: S) => Promise<Service<D, R, A>>): void {
  // Ctrl-C reaches the whole process group: when to end is the parent's decision.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => undefined)
  process.on('disconnect', () => process.exit(0))

  const running = new Map<number, AbortController>()
  let service: Service<D, R, A> | undefined

  process.on('message', (message: ToChild) => {
    if (message.type === 'start') {
      void start(message.settings as S).then(started => {
        service = started
        answer({ type: 'ready', about: started.about })
      }, giveUp)
    } else if (message.type === 'cancel') running.get(message.id)?.abort()
    else void run(message.id, message.data as D)
  })

  async function run(id: number, data: D): Promise<void> {
    const controller = new AbortController()
    running.set(id, controller)
    try {
      if (!service) throw new Error('asked to work before it was ready')
      answer({ type: 'done', id, result: await service.run(data, controller.signal) })
    } catch (error) {
      answer({ type: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    } finally {
      running.delete(id)
    }
  }
}

const answer = (message: ToParent) => process.connected && process.send?.(message)

function giveUp(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
