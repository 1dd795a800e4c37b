// Who may know whom. Every rule is tried with a planted fault in infra/stack/src/checks/dependency-rules.test.ts.
/** Low to high: a feature of the api, in its wing, imports only those before it. */
export const FEATURES = [
  'people/accounts',
  'people/studios',
  'people/sellers',
  'people/invitations',
  'people/service-keys',
  'people/payees',
  'catalogue/events',
  'catalogue/photos',
  'catalogue/entitlements',
  'catalogue/faces',
  'shop/pricing',
  'shop/favourites',
  'shop/split',
  'shop/cart',
  'shop/orders',
  'shop/statistics',
  'money/ledger',
  'money/documents',
  'money/payments',
  'money/refunds',
  'money/payouts',
  'money/reconciliation',
  'money/revenue',
  'care/takedowns',
  'care/inbox',
  'care/privacy',
  'admin/orders',
  'admin/photos',
  'admin/settings',
  'admin/status',
  'admin/users',
  'admin/audit',
  'admin/queues',
  'admin/dashboard',
  'admin/reports',
]
/** Whose tables a file of packages/db/src/schema holds; the others, OF_ALL, are everybody's. */
export const SCHEMAS = {
  auth: 'people/accounts',
  studios: 'people/studios',
  sellers: 'people/sellers',
  invitations: 'people/invitations',
  'service-keys': 'people/service-keys',
  'second-factors': 'people/accounts',
  identities: 'people/accounts',
  payees: 'people/payees',
  'setup-links': 'people/accounts',
  portfolios: 'people/accounts',
  events: 'catalogue/events',
  photos: 'catalogue/photos',
  cameras: 'catalogue/photos',
  entitlements: 'catalogue/entitlements',
  'bought-previews': 'catalogue/entitlements',
  searches: 'catalogue/faces',
  objections: 'catalogue/faces',
  'alert-faces': 'catalogue/faces',
  people: 'catalogue/faces',
  rereads: 'catalogue/faces',
  pricing: 'shop/pricing',
  coupons: 'shop/pricing',
  favourites: 'shop/favourites',
  'split-rules': 'shop/split',
  cart: 'shop/cart',
  orders: 'shop/orders',
  gifts: 'shop/orders',
  statistics: 'shop/statistics',
  'order-shares': 'shop/orders',
  ledger: 'money/ledger',
  documents: 'money/documents',
  payments: 'money/payments',
  slips: 'money/payments',
  'transfer-accounts': 'money/payments',
  reconciliation: 'money/reconciliation',
  refunds: 'money/refunds',
  payouts: 'money/payouts',
  statements: 'money/revenue',
  takedowns: 'care/takedowns',
  inbox: 'care/inbox',
}
const OF_ALL =
  'columns policies audit seals letters idempotency consents deletions support-contacts notices reports'.split(' ')
/** The tables that the face-worker's statements may name, and the jobs that it may know. */
export const FACE_WORKER_SCHEMAS =
  'events studios photos entitlements bought-previews searches objections alert-faces people rereads slips'.split(' ')
const FACE_JOBS = '^packages/jobs/src/(job|answer-queue|enqueue-waiting|face-workers|faces|photos|slips|studios)\\.ts$'
const schemaFiles = names => `^packages/db/src/schema/(${names.join('|')})\\.ts$`
/** A feature's folder; the group is what `$1` stands for in a rule's other half. */
const FEATURE = '^services/api/src/((?:people|catalogue|shop|money|care|admin)/[^/]+)/'
const TESTS = '\\.(test|contract|e2e)\\.ts$|/testing\\.ts$|-testing\\.ts$|^services/api/src/testing/'
const PROGRAMS = '^(services/[^/]+|web|bench|e2e|infra/stack)/'
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const lookDownOnly = FEATURES.slice(0, -1).map((feature, rank) =>
  error(
    `${feature.replace('/', '-')}-looks-down-only`,
    'a feature imports only those to its left in the line',
    { path: `^services/api/src/${feature}/` },
    { path: `^services/api/src/(${FEATURES.slice(rank + 1).join('|')})/` },
  ),
)
/** Low to high: an area of the web imports only those before it. */
export const AREAS = ['shop', 'account', 'photographer', 'organizer', 'admin']
/** What an area says of itself to the shell. */
const AREA_FILES = '^web/src/[^/]+/(routes|words\\.(th|en))\\.ts$'
const areas = names => `^web/src/(${names.join('|')})/`
const areasLookLeft = AREAS.slice(0, -1).map((area, rank) =>
  error(
    `web-${area}-looks-left-only`,
    'an area of the web imports only those to its left in the line',
    { path: areas([area]) },
    { path: areas(AREAS.slice(rank + 1)) },
  ),
)

/** SQL obeys the line: raw statements are held to it by infra/stack/src/checks/sql-line.test.ts. */
const readDownOnly = FEATURES.flatMap((feature, rank) => {
  const above = Object.keys(SCHEMAS).filter(file => FEATURES.indexOf(SCHEMAS[file]) > rank)
  if (above.length === 0) return []
  return error(
    `${feature.replace('/', '-')}-reads-down-only`,
    'a feature imports no tables of a feature above it',
    { path: `^services/api/src/${feature}/`, pathNot: TESTS },
    { path: schemaFiles(above) },
  )
})

/** What each package or program may import of the workspace; libraries are each package.json's matter. */
const ALLOWED = {
  'packages/contracts': ['domain'],
  'packages/domain': [],
  'packages/faces': [],
  // The words of its enums, and how often its rows are tried.
  'packages/db': ['domain'],
  'packages/jobs': [],
  // Which letters there are, and what a document prints.
  'packages/mail': ['domain'],
  'packages/pdf': ['domain'],
  'packages/platform': [],
  // A program of its own, bundled: what it says on the wire, and what a card holds.
  'packages/upload-client': ['contracts', 'domain'],
  // The photographer's page sends as the command line does: `send-bytes.ts`.
  web: ['contracts', 'domain', 'faces', 'upload-client'],
  'services/api': ['contracts', 'domain', 'jobs', 'db', 'platform', 'mail', 'pdf', 'faces'],
  'services/clerk': ['contracts', 'domain', 'jobs', 'db', 'platform', 'mail', 'pdf'],
  'services/face-worker': ['contracts', 'domain', 'jobs', 'db', 'platform', 'faces'],
  // It needs nothing of what alerts are about.
  'services/alert-relay': ['platform'],
  // The bank is a stranger: it shares money's arithmetic with the shop and nothing of its protocol.
  'services/paynoi-sim': ['domain', 'platform'],
}
const knowsOnly = Object.entries(ALLOWED).map(([folder, packages]) =>
  error(
    `${folder.replace('/', '-')}-knows-only-its-own`,
    'the directions of the workspace',
    { path: `^${folder}/` },
    {
      path: '^(packages|services|web|infra|bench|e2e)/',
      pathNot: [`^${folder}/`, ...packages.map(name => `^packages/${name}/`)],
    },
  ),
)

export default {
  forbidden: [
    error('no-circular', 'nothing depends on itself, however far round', {}, { circular: true }),
    error(
      'programs-stay-apart',
      'programs never import programs',
      { path: '^(services/[^/]+|web)/' },
      { path: PROGRAMS, pathNot: '^$1/' },
    ),
    ...knowsOnly,
    error(
      'face-worker-knows-no-orders',
      'what is sold and delivered is the api’s and the clerk’s',
      { path: '^services/face-worker/src/', pathNot: TESTS },
      { path: '^packages/(db/src/schema|jobs/src)/', pathNot: [schemaFiles(FACE_WORKER_SCHEMAS), FACE_JOBS] },
    ),
    error(
      'contracts-run-in-the-browser',
      'the wire is zod and words of the domain',
      { path: '^packages/contracts/src/', pathNot: TESTS },
      { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'], pathNot: 'node_modules/zod/' },
    ),
    error(
      'domain-is-pure',
      'rules of money import nothing, not even node:',
      { path: '^packages/domain/src/', pathNot: TESTS },
      { pathNot: '^packages/domain/src/' },
    ),
    error(
      'jobs-know-zod-and-bullmq',
      'job contracts are data',
      { path: '^packages/jobs/src/', pathNot: TESTS },
      { dependencyTypes: ['npm', 'npm-dev'], pathNot: 'node_modules/(zod|bullmq|ioredis)/' },
    ),
    ...lookDownOnly,
    ...readDownOnly,
    error(
      'every-schema-has-its-place',
      "a file of tables is a feature's, in the map of this file, or base's",
      { path: '^packages/db/src/schema/' },
      { path: '^packages/db/src/schema/', pathNot: schemaFiles([...Object.keys(SCHEMAS), ...OF_ALL, 'index']) },
    ),
    error(
      'features-by-their-index',
      'a feature is reached by its index.ts',
      { path: FEATURE },
      { path: FEATURE, pathNot: ['^services/api/src/$1/', '/index\\.ts$'] },
    ),
    error(
      'others-reach-features-by-index',
      'a feature is reached by its index.ts',
      { path: '^services/api/src/([^/]+\\.ts$|base/|http/|reset-second-factor/|reapply-deletions/)', pathNot: TESTS },
      { path: FEATURE, pathNot: '/index\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    error(
      'every-feature-has-its-place',
      'a feature stands in the line of this file',
      { path: FEATURE, pathNot: `^services/api/src/(${FEATURES.join('|')})/` },
      {},
    ),
    error(
      'base-knows-no-feature',
      'what everybody writes with lies below them all, its types too',
      { path: '^services/api/src/(base|http)/', pathNot: TESTS },
      { path: FEATURE },
    ),
    error(
      'routes-hold-no-sql',
      'a route calls one function; that function holds the SQL',
      { path: '/routes\\.ts$' },
      { path: ['^packages/db/', 'node_modules/drizzle-orm/'] },
    ),
    error(
      'only-routes-know-http',
      'a use case does not know that it is called over HTTP',
      { path: FEATURE, pathNot: ['/(routes|index)\\.ts$', TESTS] },
      { path: ['node_modules/(@?fastify)', '^services/api/src/http/'] },
    ),
    ...areasLookLeft,
    error(
      'web-base-knows-only-itself',
      'base is below everything in the web, and has no component; the service worker is a program of its own',
      { path: '^web/src/(base|worker)/', pathNot: TESTS },
      { path: '^web/src/', pathNot: '^web/src/$1/' },
    ),
    error(
      'web-ui-knows-only-itself',
      'a component of ui is given what it shows; of base it knows the shape of a translation',
      { path: '^web/src/ui/', pathNot: TESTS },
      { path: '^web/src/', pathNot: ['^web/src/ui/', '^web/src/base/i18n/translated\\.ts$'] },
    ),
    error(
      'web-areas-below-the-shell',
      'the shell brings the areas together; nothing of it is known below',
      { path: areas(AREAS), pathNot: TESTS },
      { path: '^web/src/shell/' },
    ),
    error(
      'web-features-by-their-index',
      "a feature of an area is reached by its index.ts; what that does not name is the feature's inside",
      { path: '^web/src/([^/]+/[^/]+)', pathNot: [AREA_FILES, TESTS] },
      { path: areas(AREAS), pathNot: ['^web/src/$1/', '^web/src/[^/]+/[^/]+/index\\.ts$', AREA_FILES] },
    ),
    error(
      'web-area-files-reach-their-own',
      'routes and words of an area name what lies in the area; of another they know what every feature may know',
      { path: '^web/src/([^/]+)/(routes|words\\.(th|en))\\.ts$' },
      { path: areas(AREAS), pathNot: ['^web/src/$1/', '^web/src/[^/]+/[^/]+/index\\.ts$'] },
    ),
    error(
      'web-area-files-for-the-shell',
      'only the shell brings the areas together',
      { path: areas(AREAS), pathNot: [AREA_FILES, TESTS] },
      { path: AREA_FILES },
    ),
    error(
      'no-source-imports-a-test',
      'tests are for tests',
      { pathNot: [TESTS, '^e2e/'] },
      { path: TESTS, pathNot: ['^e2e/', 'node_modules/'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^packages/faces/src/index/kernel/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.vue'],
    },
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
