import { execa } from 'execa'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'

interface Fault {
  rule: string
  from: string
  to: string
  typeOnly?: true
}

const api = (path: string) => `services/api/src/${path}`
/** The lines as the rules have them; that they are the documents' is held by documents.test.ts. */
const {
  FEATURES,
  AREAS,
  default: { forbidden },
} = (await import(join(ROOT, '.dependency-cruiser.mjs'))) as {
  FEATURES: string[]
  AREAS: string[]
  default: { forbidden: { name: string }[] }
}
/** A file of tables that the feature lies below. */
const TABLES_ABOVE: [feature: string, schema: string][] = [
  ['people/accounts', 'studios'],
  ['people/studios', 'events'],
  ['people/sellers', 'invitations'],
  ['people/invitations', 'events'],
  ['people/service-keys', 'events'],
  ['people/payees', 'events'],
  ['catalogue/events', 'photos'],
  ['catalogue/photos', 'entitlements'],
  ['catalogue/entitlements', 'orders'],
  ['catalogue/faces', 'pricing'],
  ['shop/pricing', 'cart'],
  ['shop/favourites', 'cart'],
  ['shop/split', 'cart'],
  ['shop/cart', 'orders'],
  ['shop/orders', 'payments'],
  ['shop/statistics', 'payments'],
  ['money/ledger', 'payments'],
  ['money/documents', 'payments'],
  ['money/payments', 'refunds'],
  ['money/refunds', 'payouts'],
  ['money/payouts', 'inbox'],
  ['money/reconciliation', 'inbox'],
  ['money/revenue', 'inbox'],
  ['care/takedowns', 'inbox'],
]

/** What the face-worker may not know: what is sold, paid and delivered. A table that is new is among it. */
const BEYOND_FACE_WORKER = [
  'orders',
  'order-shares',
  'cart',
  'pricing',
  'coupons',
  'payments',
  'transfer-accounts',
  'refunds',
  'payouts',
  'ledger',
  'documents',
  'statements',
  'payees',
  'letters',
  'new-tables',
]
  .map(name => `db/src/schema/${name}`)
  .concat('jobs/src/mail', 'jobs/src/all-jobs')
const web = (path: string) => `web/src/${path}`

/** One planted fault per rule; `from` imports `to`. */
const FAULTS: Fault[] = [
  ...FEATURES.slice(0, -1).map((name, i) => ({
    rule: `${name.replace('/', '-')}-looks-down-only`,
    from: api(`${name}/up.ts`),
    to: api(`${FEATURES[i + 1]}/index.ts`),
  })),
  ...AREAS.slice(0, -1).map((name, i) => ({
    rule: `web-${name}-looks-left-only`,
    from: web(`${name}/a/right.ts`),
    to: web(`${AREAS[i + 1]}/a/index.ts`),
  })),
  { rule: 'web-base-knows-only-itself', from: web('base/a.ts'), to: web('ui/a.ts') },
  { rule: 'web-ui-knows-only-itself', from: web('ui/b.ts'), to: web('base/api.ts') },
  { rule: 'web-base-knows-only-itself', from: web('worker/a.ts'), to: web('base/api.ts') },
  { rule: 'web-areas-below-the-shell', from: web('shop/a/up.ts'), to: web('shell/landing.ts') },
  { rule: 'web-features-by-their-index', from: web('shop/a/in.ts'), to: web('shop/b/inside.ts') },
  { rule: 'web-features-by-their-index', from: web('admin/a/in.ts'), to: web('shop/b/inside.ts') },
  { rule: 'web-features-by-their-index', from: web('shell/in.ts'), to: web('shop/b/inside.ts') },
  { rule: 'web-area-files-reach-their-own', from: web('admin/routes.ts'), to: web('shop/b/inside.ts') },
  { rule: 'web-area-files-for-the-shell', from: web('shop/a/words.ts'), to: web('shop/words.th.ts') },
  ...TABLES_ABOVE.map(([name, schema]) => ({
    rule: `${name.replace('/', '-')}-reads-down-only`,
    from: api(`${name}/read.ts`),
    to: `packages/db/src/schema/${schema}.ts`,
  })),
  {
    rule: 'every-schema-has-its-place',
    from: 'packages/db/src/schema/orders.ts',
    to: 'packages/db/src/schema/prints.ts',
  },
  { rule: 'no-circular', from: 'packages/jobs/src/back.ts', to: 'packages/jobs/src/there.ts' },
  { rule: 'programs-stay-apart', from: 'services/face-worker/src/a.ts', to: api('base/deps.ts') },
  {
    rule: 'packages-contracts-knows-only-its-own',
    from: 'packages/contracts/src/a.ts',
    to: 'packages/db/src/client.ts',
  },
  {
    rule: 'packages-domain-knows-only-its-own',
    from: 'packages/domain/src/a.ts',
    to: 'packages/contracts/src/common.ts',
  },
  { rule: 'packages-faces-knows-only-its-own', from: 'packages/faces/src/a.ts', to: 'packages/platform/src/log.ts' },
  { rule: 'packages-db-knows-only-its-own', from: 'packages/db/src/a.ts', to: 'packages/platform/src/log.ts' },
  { rule: 'packages-jobs-knows-only-its-own', from: 'packages/jobs/src/a.ts', to: 'packages/db/src/client.ts' },
  { rule: 'packages-mail-knows-only-its-own', from: 'packages/mail/src/a.ts', to: 'packages/db/src/client.ts' },
  { rule: 'packages-pdf-knows-only-its-own', from: 'packages/pdf/src/a.ts', to: 'packages/db/src/client.ts' },
  { rule: 'packages-platform-knows-only-its-own', from: 'packages/platform/src/a.ts', to: 'packages/db/src/client.ts' },
  {
    rule: 'packages-upload-client-knows-only-its-own',
    from: 'packages/upload-client/src/a.ts',
    to: 'packages/db/src/client.ts',
  },
  { rule: 'web-knows-only-its-own', from: 'web/src/a.ts', to: 'packages/db/src/client.ts' },
  { rule: 'services-api-knows-only-its-own', from: api('b.ts'), to: 'infra/stack/src/start/stack.ts' },
  { rule: 'services-clerk-knows-only-its-own', from: 'services/clerk/src/a.ts', to: 'packages/faces/src/types.ts' },
  ...BEYOND_FACE_WORKER.map(to => ({
    rule: 'face-worker-knows-no-orders',
    from: `services/face-worker/src/beyond/${basename(to)}.ts`,
    to: `packages/${to}.ts`,
  })),
  { rule: 'services-face-worker-knows-only-its-own', from: 'services/face-worker/src/b.ts', to: 'bench/load.ts' },
  {
    rule: 'services-alert-relay-knows-only-its-own',
    from: 'services/alert-relay/src/a.ts',
    to: 'packages/db/src/client.ts',
  },
  {
    rule: 'services-paynoi-sim-knows-only-its-own',
    from: 'services/paynoi-sim/src/a.ts',
    to: 'packages/db/src/client.ts',
  },
  { rule: 'contracts-run-in-the-browser', from: 'packages/contracts/src/b.ts', to: 'node:fs' },
  { rule: 'domain-is-pure', from: 'packages/domain/src/b.ts', to: 'node:crypto' },
  { rule: 'jobs-know-zod-and-bullmq', from: 'packages/jobs/src/b.ts', to: 'drizzle-orm' },
  { rule: 'features-by-their-index', from: api('shop/orders/a.ts'), to: api('catalogue/photos/queries.ts') },
  { rule: 'features-by-their-index', from: api('catalogue/faces/a.ts'), to: api('catalogue/photos/queries.ts') },
  { rule: 'others-reach-features-by-index', from: api('app.ts'), to: api('catalogue/photos/routes.ts') },
  {
    rule: 'others-reach-features-by-index',
    from: api('reset-second-factor/main.ts'),
    to: api('people/accounts/queries.ts'),
  },
  {
    rule: 'others-reach-features-by-index',
    from: api('reapply-deletions/main.ts'),
    to: api('care/privacy/delete-account.ts'),
  },
  { rule: 'every-feature-has-its-place', from: api('shop/gifts/a.ts'), to: api('base/deps.ts') },
  { rule: 'base-knows-no-feature', from: api('base/a.ts'), to: api('people/accounts/index.ts') },
  { rule: 'base-knows-no-feature', from: api('base/types.ts'), to: api('people/accounts/index.ts'), typeOnly: true },
  { rule: 'base-knows-no-feature', from: api('http/a.ts'), to: api('people/accounts/index.ts') },
  { rule: 'routes-hold-no-sql', from: api('shop/cart/routes.ts'), to: 'packages/db/src/client.ts' },
  { rule: 'routes-hold-no-sql', from: api('shop/orders/routes.ts'), to: 'drizzle-orm' },
  { rule: 'only-routes-know-http', from: api('shop/cart/change-cart.ts'), to: 'fastify' },
  { rule: 'only-routes-know-http', from: api('shop/orders/place-order.ts'), to: api('http/session.ts') },
  {
    rule: 'no-source-imports-a-test',
    from: api('catalogue/events/queries.ts'),
    to: api('catalogue/events/queries.test.ts'),
  },
  { rule: 'no-source-imports-a-test', from: api('catalogue/events/find.ts'), to: api('testing/test-app.ts') },
]

/** What the rules must leave alone. */
const ALLOWED: [from: string, to: string][] = [
  [api('money/payments/confirm.ts'), api('shop/orders/index.ts')],
  [api('money/payments/routes.ts'), 'fastify'],
  [api('money/payments/pay.ts'), 'packages/db/src/client.ts'],
  [api('money/payments/find.ts'), 'packages/db/src/schema/orders.ts'],
  [api('shop/cart/write.ts'), 'packages/db/src/schema/letters.ts'],
  ['web/src/b.ts', 'packages/contracts/src/common.ts'],
  [web('admin/a/left.ts'), web('shop/b/index.ts')],
  [web('shop/c/beside.ts'), web('shop/b/index.ts')],
  [web('shop/b/own.ts'), web('shop/b/folder/inside.ts')],
  [web('shop/routes.ts'), web('shop/b/inside.ts')],
  [web('shell/main.ts'), web('shop/words.th.ts')],
  [web('shop/a/low.ts'), web('base/api.ts')],
  [web('ui/messages.en.ts'), web('base/i18n/translated.ts')],
  ['packages/contracts/src/c.ts', 'zod'],
  ['services/clerk/src/b.ts', 'packages/mail/src/write-letter.ts'],
  ['services/clerk/src/b.ts', 'packages/pdf/src/draw-document.ts'],
  ['services/face-worker/src/e.ts', 'packages/db/src/schema/photos.ts'],
  ['services/face-worker/src/f.ts', 'packages/jobs/src/slips.ts'],
  ['services/face-worker/src/g.int.test.ts', 'packages/db/src/schema/orders.ts'],
  [api('shop/cart/a.int.test.ts'), api('testing/test-app.ts')],
]

const isFile = (to: string) => to.endsWith('.ts')
const LIBRARIES = ['drizzle-orm', 'fastify', 'zod']
let root = ''
let violations: { rule: string; from: string }[] = []

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'rules-'))
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  put('package.json', JSON.stringify({ dependencies: Object.fromEntries(LIBRARIES.map(name => [name, '*'])) }))
  put('tsconfig.json', '{"compilerOptions":{"module":"NodeNext","allowImportingTsExtensions":true,"noEmit":true}}')
  for (const name of LIBRARIES) {
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    put(`node_modules/${name}/index.js`, 'module.exports = {}')
  }
  const pairs: (readonly [from: string, to: string, typeOnly?: true | undefined])[] = [
    ...FAULTS.map(({ from, to, typeOnly }) => [from, to, typeOnly] as const),
    ...ALLOWED,
  ]
  for (const [, to] of pairs) if (isFile(to)) put(to, 'export const x = 1\nexport type X = typeof x\n')
  for (const [from, to, typeOnly] of pairs) {
    const path = relative(dirname(from), to)
    const target = isFile(to) ? (path.startsWith('.') ? path : `./${path}`) : to
    put(
      from,
      typeOnly
        ? `import type { X } from '${target}'\nexport type Y = X\n`
        : `import * as planted from '${target}'\nexport const y = planted\n`,
    )
  }
  put('packages/jobs/src/there.ts', "export * from './back.ts'\n")

  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [
    '--config',
    join(ROOT, '.dependency-cruiser.mjs'),
    '--output-type',
    'json',
    'packages',
    'services',
    'web',
    'infra',
    'bench',
  ]
  const { stdout } = await execa(process.execPath, [program, ...args], { cwd: root, reject: false })
  violations = (JSON.parse(stdout).summary.violations as { rule: { name: string }; from: string }[]).map(
    ({ rule, from }) => ({ rule: rule.name, from }),
  )
}, 300_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

test.each(FAULTS)('$rule catches $from → $to', ({ rule, from }) => {
  expect(violations).toContainEqual({ rule, from })
})

test.each(ALLOWED)('%s may import %s', from => {
  expect(violations.filter(violation => violation.from === from)).toEqual([])
})

test('no rule of the configuration is without a planted fault', () => {
  const planted = new Set(FAULTS.map(({ rule }) => rule))
  expect(FEATURES.length).toBeGreaterThan(30)
  expect(forbidden.map(({ name }) => name).filter(name => !planted.has(name))).toEqual([])
})
