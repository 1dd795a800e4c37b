import { forgetFolders, temporaryFolders } from '../base/paths.ts'
import { freePorts } from '../base/ports.ts'
import { Processes } from '../base/processes.ts'
import { PORTS, type Ports } from '../base/settings.ts'
import { startStack, type Stack } from './stack.ts'

/**
 * A whole shop on free ports with data of its own, beside whatever else runs here; `forget` ends it and its data. A
 * start that fails forgets by itself.
 *
 * @param whenStarting is given what ends it while it is still starting
 * @param settings of its services, besides those of the environment
 */
export async function startPrivateStack(
  unattended: boolean,
  whenStarting: (forget: () => Promise<void>) => void = () => undefined,
  settings: Record<string, string> = {},
): Promise<{ stack: Stack; forget(): Promise<void> }> {
  const folders = await temporaryFolders()
  const processes = new Processes(folders)
  const names = Object.keys(PORTS)
  const free = await freePorts(names.length)
  const ports = Object.fromEntries(names.map((name, i) => [name, free[i]])) as Ports
  let stack: Stack | undefined
  const forget = async () => {
    await (stack ? stack.stop() : processes.stopAll())
    await forgetFolders(folders)
  }
  whenStarting(forget)
  try {
    stack = await startStack({
      folders,
      processes,
      ports,
      unattended,
      temporaryData: true,
      settings,
      onEnd: reason => console.error(reason),
    })
    return { stack, forget }
  } catch (error) {
    await forget()
    throw error
  }
}
