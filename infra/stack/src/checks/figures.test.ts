import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000]
const WORDS: Record<string, number> = { half: 0.5, two: 2, three: 3, five: 5, seven: 7, ten: 10 }

/** A figure as a document writes it: `20,000`, `three`. */
const numberOf = (figure: string): number => WORDS[figure.toLowerCase()] ?? Number(figure.replaceAll(',', ''))

/** The value of a constant or field of a file, where it is a product of numbers and of other constants of the file. */
function constantOf(text: string, name: string): number {
  const found = new RegExp(`\\b${name}(?: =|:) (?:count\\(|.*default\\()?([\\w. *]+)`).exec(text)
  if (!found) throw new Error(`there is no ${name}`)
  const factors = found[1]!.trim().split(' * ')
  return factors.reduce((product, factor) => {
    const number = Number(factor.replaceAll('_', ''))
    return product * (Number.isNaN(number) ? constantOf(text, factor) : number)
  }, 1)
}

type Figure = [document: string, says: RegExp, source: string, name: string, unit?: number]

/** Figures of documents that are constants of the code. The unit is that of the document, where the code has another. */
const FIGURES: Figure[] = [
  ['0013-search-workers', /has fewer than (\w+) searches/, 'services/face-worker/src/start-worker.ts', 'BUSY'],
  [
    '0015-searches-go-first',
    /(\w+) seconds at most for each search/,
    'services/api/src/http/search-priority.ts',
    'LONGEST_MS',
    SECOND,
  ],
  [
    '0017-selfies-apart',
    /used time counts half after (\d+) seconds/,
    'services/face-worker/src/searches/take-turns.ts',
    'HALF_LIFE',
    SECOND,
  ],
  [
    '0025-sessions',
    /Within (\d+) s the same device/,
    'services/api/src/people/accounts/refresh-tokens.ts',
    'GRACE_MS',
    SECOND,
  ],
  ['0026-streams', /A visitor has (\d+) open streams/, 'services/api/src/settings.ts', 'LIMIT_OPEN_STREAMS'],
  ['0026-streams', /open streams, an address ([\d,]+)\./, 'services/api/src/settings.ts', 'LIMIT_IP_OPEN_STREAMS'],
  ['0026-streams', /Every (\d+) s, or every/, 'services/api/src/settings.ts', 'STREAM_ROUND_SECONDS'],
  ['0026-streams', /or every (\d+) s while Redis/, 'services/api/src/http/followed-topics.ts', 'TICK_MS', SECOND],
  ['0026-streams', /A heartbeat is written every (\d+) s/, 'services/api/src/http/streams.ts', 'HEARTBEAT_S'],
  [
    '0029-payments',
    /a sweep asks, for (\d+) days/,
    'services/api/src/money/payments/sweep-payments.ts',
    'WEEK_MS',
    DAY,
  ],
  [
    '0031-ledger',
    /waits (\d+) times as long as it took/,
    'services/api/src/money/ledger/keep-checked.ts',
    'PAUSE_PER_CHECK',
  ],
  [
    '0031-ledger',
    /as long as it took, (\w+) minutes at most/,
    'services/api/src/money/ledger/keep-checked.ts',
    'MAX_PAUSE_MS',
    MINUTE,
  ],
  ['0037-sealing', /A seal has ([\d,]+) rows at most/, 'packages/db/src/seals/seal-rows.ts', 'LARGEST_SEAL'],
  [
    '0037-sealing',
    /After (half) an hour the sweep fails/,
    'services/api/src/admin/audit/start-sealing.ts',
    'LONGEST_WAIT_MS',
    HOUR,
  ],
  ['0038-accounts', /A cookie for `\/api\/auth` \((\d+) days\)/, 'packages/domain/src/retention.ts', 'deviceDays'],
  [
    '0039-openid-and-two-steps',
    /(\w+) days after the first request/,
    'services/api/src/base/second-factor-rule.ts',
    'GRACE_DAYS',
  ],
  [
    '0041-orders-by-link-and-code',
    /every code that is out, (\w+) times/,
    'services/api/src/shop/orders/access/codes.ts',
    'MOST_TRIES',
  ],
  [
    '0041-orders-by-link-and-code',
    /(\w+) are sent in an hour/,
    'services/api/src/shop/orders/access/codes.ts',
    'MOST_AN_HOUR',
  ],
  [
    '0043-invitations',
    /and the end, (\d+) days later/,
    'services/api/src/people/invitations/write-invitation.ts',
    'GOOD_MS',
    DAY,
  ],
  ['0043-invitations', /is kept for (\d+) days after its end/, 'packages/domain/src/retention.ts', 'invitationDays'],
  ['0045-captcha', /(\d+) to 600 tries/, 'services/api/src/people/accounts/captcha/issue-captcha.ts', 'LEAST_TRIES'],
  ['0045-captcha', /200 to (\d+) tries/, 'services/api/src/people/accounts/captcha/issue-captcha.ts', 'MOST_TRIES'],
  [
    '0047-storefronts-by-host',
    /kept for (\w+) seconds in each process/,
    'services/api/src/http/storefront.ts',
    'KEPT_MS',
    SECOND,
  ],
  [
    '0057-statements-as-pdf',
    /The file is deleted after (\d+) days/,
    'packages/domain/src/retention.ts',
    'statementDays',
  ],
  [
    '0058-events-by-code',
    /before they are compared, (\d+) an hour/,
    'services/api/src/settings.ts',
    'LIMIT_CODE_TRIES_PER_HOUR',
  ],
  [
    '0059-resumable-uploads',
    /at most (\d+) MiB each/,
    'services/api/src/catalogue/photos/upload/resumable/take-pieces.ts',
    'PIECE_BYTES',
    1024 * 1024,
  ],
  [
    '0059-resumable-uploads',
    /also of every HEAD for (\d+) hours/,
    'packages/domain/src/retention.ts',
    'resumableHours',
  ],
  [
    '0061-uploads-from-the-page',
    /It is kept for (\d+) days/,
    'web/src/photographer/upload/kept-uploads.ts',
    'KEPT_MS',
    DAY,
  ],
  [
    '0067-posters-are-drawn-in-the-api',
    /(\d+) an hour for each person/,
    'services/api/src/settings.ts',
    'LIMIT_POSTERS_PER_HOUR',
  ],
  [
    '0070-new-photos-while-results-are-open',
    /Every (\w+) seconds a worker asks/,
    'services/face-worker/src/start-worker.ts',
    'NEWS_MS',
    SECOND,
  ],
]

test.each(FIGURES)('%s: %s is what the code has', (document, says, source, name, unit = 1) => {
  const found = says.exec(read(`docs/decisions/${document}.md`).replaceAll(/\s+/g, ' '))
  expect(found, 'the sentence is there').not.toBeNull()
  expect(numberOf(found![1]!) * unit).toBe(constantOf(read(source), name))
})

test('a planted fault is found: another figure, words and products are read', () => {
  const text = 'const MINUTE_MS = 60_000\nconst LONGEST = 30 * MINUTE_MS\n  KEPT_DAYS: count(7),\n'
  expect(constantOf(text, 'LONGEST')).toBe(numberOf('half') * HOUR)
  expect(constantOf(text, 'KEPT_DAYS')).toBe(numberOf('seven'))
  expect(constantOf(text, 'KEPT_DAYS')).not.toBe(numberOf('8'))
  expect(() => constantOf(text, 'KEPT_HOURS')).toThrow('there is no KEPT_HOURS')
})

test('every default of a setting that a document names is the one in the code', () => {
  const files = committedFiles()
  const settings = files
    .filter(file => /\/(gateway-)?settings\.ts$/.test(file))
    .map(read)
    .join('\n')
  const documents = files.filter(file => /^(README|CONTRIBUTING)\.md$|^docs\/.*\.md$/.test(file))
  const stated = documents.flatMap(file =>
    [...read(file).matchAll(/`([A-Z]+(?:_[A-Z]+)+)`(?: \(| \| )([\d,]+)\b/g)].map(([, name, figure]) => ({
      file,
      name: name!,
      figure: figure!.replace(/,$/, ''),
    })),
  )
  // 308 is the status of the answer there, not a value.
  const defaults = stated.filter(({ name }) => name !== 'PUBLIC_ORIGIN')
  expect(defaults.length).toBeGreaterThan(20)
  expect(defaults.filter(({ name, figure }) => constantOf(settings, name) !== numberOf(figure))).toEqual([])
})

test('the documents about encryption name every column that is encrypted', async () => {
  const { sealedColumns } = (await import(join(ROOT, 'packages/db/src/sealed/rotate-keys.ts'))) as {
    sealedColumns: (schema: object) => { name: string }[]
  }
  const schema = (await import(join(ROOT, 'packages/db/src/schema/index.ts'))) as object
  const names = sealedColumns(schema).map(({ name }) => name)
  expect(names.length).toBeGreaterThan(5)
  for (const file of ['docs/security.md', 'docs/runbooks/column-keys.md'])
    expect(names.filter(name => !read(file).includes(`\`${name}\``))).toEqual([])
})
