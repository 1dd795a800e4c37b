import { reasonOf } from '@pix/platform/reason-of.ts'
import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './base/paths.ts'
import { Obstacle, printAndFail } from './base/say.ts'
import { type Advisory, askOsv, SEVERITIES } from './scan/ask-osv.ts'
import { installedPackages } from './scan/installed-packages.ts'

const USAGE = `npm run scan:packages [-- --folder <checkout or release>] [--source https://api.osv.dev] [--metrics <folder>] [--json]

Asks OSV, the public database of faults of open-source packages, about every package that is installed, and lists what it
knows, the worst first. --metrics is the folder from which the node exporter reads figures: two files there say how it
went. Ends with 1 when OSV could not be asked, with 2 when a fault is critical or high, else with 0.`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: ROOT },
      source: { type: 'string', default: 'https://api.osv.dev' },
      metrics: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  const installed = installedPackages(values.folder)
  try {
    const advisories = await askOsv(values.source, installed)
    if (values.metrics) writeAdvisories(values.metrics, advisories)
    print(advisories, installed.length, values.json)
    if (advisories.some(({ severity }) => severity === 'critical' || severity === 'high')) process.exitCode = 2
  } catch (error) {
    if (values.metrics) writeTry(values.metrics, 0)
    throw new Obstacle(
      `The packages were NOT looked at: ${values.source} could not be asked (${reasonOf(error)}). What was found the last time stays.`,
    )
  }
}

function print(advisories: readonly Advisory[], packages: number, json: boolean): void {
  if (json) return console.log(JSON.stringify({ packages, advisories }))
  const worstFirst = advisories.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  for (const { severity, name, version, id, summary } of worstFirst)
    console.log(`${severity.padEnd(8)} ${name}@${version} ${id} ${summary}`)
  console.log(`${advisories.length} known faults in ${packages} packages`)
}

/** What is known stays until it is known anew: a try that failed writes the other file alone. */
function writeAdvisories(folder: string, advisories: readonly Advisory[]): void {
  const counts = SEVERITIES.map(
    severity =>
      `pix_package_advisories{severity="${severity}"} ${advisories.filter(each => each.severity === severity).length}`,
  )
  write(join(folder, 'pix_package_advisories.prom'), [
    '# HELP pix_package_advisories Faults of installed packages that OSV knew at the last scan that could ask it',
    '# TYPE pix_package_advisories gauge',
    ...counts,
    '# HELP pix_package_scan_last_success_timestamp_seconds When OSV was last asked, in Unix time',
    '# TYPE pix_package_scan_last_success_timestamp_seconds gauge',
    `pix_package_scan_last_success_timestamp_seconds ${Math.round(Date.now() / 1000)}`,
  ])
  writeTry(folder, 1)
}

const writeTry = (folder: string, success: 0 | 1): void =>
  write(join(folder, 'pix_package_scan.prom'), [
    '# HELP pix_package_scan_success Whether the last scan could ask OSV about the installed packages: 1, else 0',
    '# TYPE pix_package_scan_success gauge',
    `pix_package_scan_success ${success}`,
  ])

/** The exporter, another user, never reads half a file. */
function write(file: string, lines: readonly string[]): void {
  writeFileSync(`${file}.new`, `${lines.join('\n')}\n`)
  chmodSync(`${file}.new`, 0o644)
  renameSync(`${file}.new`, file)
}

main().catch(printAndFail)
