import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** What the timers of the machines run, and how each names a series that it writes for the node exporter. */
const TIMERS = [
  { file: 'ansible/roles/backup/templates/pix-backup', series: /^(pix_\w+(?:\{[^}]*\})?) \$/gm },
  { file: 'ansible/roles/backup/templates/pix-restore-drill', series: /^(pix_\w+) \$/gm },
  { file: 'ansible/roles/mirror/templates/pix-mirror', series: /^(pix_\w+) \$/gm },
  { file: 'infra/stack/src/scan-packages.ts', series: /`(pix_\w+(?:\{.*?"\})?) \$\{/g },
]

/** The series that each timer writes, by the names and labels in its own source, each with the value 1. */
export const timerFigures = (): string =>
  TIMERS.flatMap(({ file, series }) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(series)].map(
      ([, name]) => `${name!.replaceAll(/\$\{?\w+\}?/g, 'some')} 1\n`,
    ),
  ).join('')
