import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { removeVolumes } from './parts/docker.ts'
import { startFolders } from './base/paths.ts'
import { Processes } from './base/processes.ts'
import { say, printAndFail } from './base/say.ts'

/** `npm run reset`: forgets everything that `npm start` keeps. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } })
  if (values.help)
    return console.log('npm run reset\n\nForgets everything that "npm start" keeps: photos, orders, accounts.')
  const folders = startFolders()
  await new Processes(folders).stopLeftOvers()
  const gone = [folders.data, ...(folders.postgres.startsWith(folders.data) ? [] : [dirname(folders.postgres)])]
  for (const folder of gone) {
    rmSync(folder, { recursive: true, force: true })
    say(`removed ${folder}`)
  }
  await removeVolumes()
  console.log('The data are forgotten; "npm start" begins again.')
}

main().catch(printAndFail)
