import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { ROOT } from './base/paths.ts'
import { printAndFail, say } from './base/say.ts'
import { withServers } from './testing/with-servers.ts'

const USAGE = `Tries every route as every person, and compares the answers with the table in services/api/src/testing/authz.

  npm run authz [-- --json]

It uses the servers of "node infra/bootstrap.mjs services" where they run, else it starts its own for the time.`

interface Report {
  cells: number
  allowedAnd2xx: number
  leaks: number
  wrong: string[]
  routesWithoutLine: string[]
  linesWithoutRoute: string[]
  outsideStaff: string[]
  unusedExceptions: object[]
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, yes: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) return console.log(USAGE)
  const file = join(ROOT, 'services/api/src/testing/authz/main.ts')
  const { stdout } = await withServers(env =>
    execa(process.execPath, [...TYPESCRIPT, file], { cwd: ROOT, env, stderr: 'inherit' }),
  )
  const report = JSON.parse(stdout.trim().split('\n').at(-1)!) as Report
  const { wrong, linesWithoutRoute, ...counts } = report
  const faults = [wrong, linesWithoutRoute, report.routesWithoutLine, report.outsideStaff, report.unusedExceptions]
  const isGood = report.leaks === 0 && faults.every(({ length }) => length === 0)
  if (values.json) console.log(JSON.stringify({ ...counts, wrong: wrong.length, linesWithoutRoute }))
  else for (const [name, value] of Object.entries(counts)) say(`${name}: ${JSON.stringify(value)}`)
  for (const line of wrong) console.error(line)
  if (!isGood) process.exitCode = 1
}

main().catch(printAndFail)
