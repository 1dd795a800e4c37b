import { z } from 'zod'
import type { InstalledPackage } from './installed-packages.ts'

/** As GitHub's database of advisories names them, which OSV passes on; `unknown` where nobody has judged it. */
export const SEVERITIES = ['critical', 'high', 'moderate', 'low', 'unknown'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A fault of a package that is known to the public, in a version that is installed. */
export interface Advisory extends InstalledPackage {
  id: string
  severity: Severity
  summary: string
}

/** OSV takes as many questions in one request. */
const AT_ONCE = 1_000
const TIMEOUT_MS = 30_000

const Batch = z.object({
  results: z.array(
    z.object({
      vulns: z.array(z.object({ id: z.string() })).default([]),
      next_page_token: z.string().optional(),
    }),
  ),
})
const Vulnerability = z.object({
  id: z.string(),
  summary: z.string().default(''),
  withdrawn: z.string().optional(),
  database_specific: z.object({ severity: z.string().optional() }).optional(),
})

interface Question {
  installed: InstalledPackage
  page?: string | undefined
}

/**
 * The advisories about these packages of npm, by OSV's interface (https://google.github.io/osv.dev/api/): ids by
 * `/v1/querybatch`, page by page, then what each says.
 *
 * @param source the address of OSV
 * @throws Error where OSV does not answer, or not as its documentation says
 */
export async function askOsv(source: string, installed: readonly InstalledPackage[]): Promise<Advisory[]> {
  const found: { installed: InstalledPackage; id: string }[] = []
  let waiting: Question[] = installed.map(each => ({ installed: each }))
  while (waiting.length > 0) {
    const asked = waiting.splice(0, AT_ONCE)
    const { results } = Batch.parse(await ask(`${source}/v1/querybatch`, { queries: asked.map(inWordsOfOsv) }))
    if (results.length !== asked.length) throw new Error('OSV answered another number of questions than it was asked')
    for (const [i, { vulns, next_page_token: page }] of results.entries()) {
      const { installed: of } = asked[i]!
      found.push(...vulns.map(({ id }) => ({ installed: of, id })))
      if (page) waiting = [...waiting, { installed: of, page }]
    }
  }
  const ids = [...new Set(found.map(({ id }) => id))]
  const details = new Map<string, z.output<typeof Vulnerability>>()
  for (const id of ids) details.set(id, Vulnerability.parse(await ask(`${source}/v1/vulns/${encodeURIComponent(id)}`)))
  return found
    .filter(({ id }) => details.get(id)!.withdrawn === undefined)
    .map(({ installed: of, id }) => ({
      ...of,
      id,
      severity: severityOf(details.get(id)!),
      summary: details.get(id)!.summary,
    }))
}

const inWordsOfOsv = ({ installed: { name, version }, page }: Question) => ({
  package: { name, ecosystem: 'npm' },
  version,
  ...(page ? { page_token: page } : {}),
})

function severityOf({ database_specific: own }: z.output<typeof Vulnerability>): Severity {
  const named = own?.severity?.toLowerCase()
  return SEVERITIES.find(severity => severity === named) ?? 'unknown'
}

async function ask(address: string, body?: unknown): Promise<unknown> {
  const response = await fetch(address, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`OSV answered ${response.status}`)
  return response.json()
}
