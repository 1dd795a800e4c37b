import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { forgetFolders, ROOT, temporaryFolders } from '../base/paths.ts'
import { Processes } from '../base/processes.ts'
import { startTestParts } from './test-parts.ts'

/** Runs `act` with the addresses of test servers: those of `node infra/bootstrap.mjs services` where they run, else its own. */
export async function withServers<T>(act: (addresses: Record<string, string>) => Promise<T>): Promise<T> {
  const running = join(ROOT, '.data', 'test-env.json')
  if (existsSync(running)) return act(JSON.parse(readFileSync(running, 'utf8')) as Record<string, string>)
  const folders = await temporaryFolders()
  const processes = new Processes(folders)
  try {
    return await act({ ...(await startTestParts(processes, folders, true, reason => console.error(reason))) })
  } finally {
    await processes.stopAll()
    await forgetFolders(folders)
  }
}
