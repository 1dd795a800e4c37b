import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/**
 * Gives memory back that nothing holds any more. A WebAssembly memory of hundreds of megabytes is a small object to the
 * garbage collector, which takes its time; the next picture would find no room beside it.
 */
export const freeMemory = (): void => collect()
