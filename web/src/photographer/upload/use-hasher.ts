import { ProblemError } from '@pix/contracts/client.ts'
import { wrap } from 'comlink'
import { onScopeDispose } from 'vue'
import type { Hasher } from './hash.worker.ts'

/**
 * SHA-256 of a file in lower-case hex, by a worker that comes with the page. Where its script could not be had, the line is
 * at fault, and the next file asks for it again.
 */
export function useHasher(): (file: File) => Promise<string> {
  let running: ReturnType<typeof start> | undefined = start()
  onScopeDispose(() => running?.worker.terminate())

  function start() {
    const worker = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' })
    const broken = new Promise<never>((_, reject) => {
      worker.addEventListener('error', () => {
        running = undefined
        reject(new ProblemError({ code: 'network', status: 0 }))
      })
    })
    broken.catch(() => undefined)
    return { worker, hasher: wrap<Hasher>(worker), broken }
  }
  return file => {
    const { hasher, broken } = (running ??= start())
    return Promise.race([hasher.hash(file), broken])
  }
}
