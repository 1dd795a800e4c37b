import { z } from 'zod'
import { Id, IdParams, LocalText, Money, OurInstant, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { PackageKind } from './pricing.ts'

/** A package as the list that it stands in keeps it, sold or hidden. */
export const ListedPackage = z
  .object({
    id: Id,
    kind: PackageKind,
    name: LocalText,
    photoCount: z.int().nullable(),
    price: Money,
    /** The early-bird price, and when it ends: at the event's begin where that is null. */
    early: z.object({ price: Money, until: OurInstant.nullable() }).nullable(),
    hidden: z.boolean(),
  })
  .meta({ id: 'ListedPackage' })
export type ListedPackage = z.infer<typeof ListedPackage>

/** A list of packages as its editor shows it. */
export const PackageList = z
  .object({
    /** False where it has no list of its own, and sells by `wider`. */
    isOwn: z.boolean(),
    items: z.array(ListedPackage),
    /** Changes with each change of the list's own packages. A change of an older revision is refused. */
    revision: z.string(),
    /** The list by which it sells where it has none of its own, and whose list that is. */
    wider: z.object({ of: z.enum(['studio', 'platform']), items: z.array(ListedPackage) }).nullable(),
  })
  .meta({ id: 'PackageList' })
export type PackageList = z.infer<typeof PackageList>

const Price = z.strictObject({ amount: z.int().min(0).max(70_000_000), currency: z.literal('THB') })
const PackageName = Text.trim().min(1).max(80)

export const NewPackage = z.strictObject({
  kind: PackageKind,
  name: z.strictObject({ th: PackageName, en: PackageName }),
  photoCount: z.int().min(1).max(1000).nullable(),
  price: Price,
  early: z.strictObject({ price: Price, until: OurInstant.nullable() }).nullable().default(null),
  hidden: z.boolean().default(false),
})
export type NewPackage = z.infer<typeof NewPackage>

const body = z.strictObject({
  items: z.array(NewPackage).max(20),
  /** The revision of the list that was read. Without it the list is replaced, whatever it is by now. */
  revision: Text.max(40).optional(),
})

const CHANGED = problem('packages_changed')
const EMPTY = 'An empty list takes it away.'

export const getPlatformPackages = {
  method: 'GET',
  url: '/admin/packages',
  config: { access: 'platform_admin' },
  schema: {
    summary: "The platform's packages with those that are hidden",
    tags: ['packages'],
    response: { 200: PackageList },
  },
} as const satisfies Contract

export const setPlatformPackages = {
  method: 'PUT',
  url: '/admin/packages',
  config: { access: 'platform_admin' },
  schema: {
    summary: "Replace the platform's packages, by which everybody sells who has no list of their own",
    tags: ['packages'],
    body: body.refine(({ items }) => items.some(({ hidden }) => !hidden), { path: ['items'], error: 'sells nothing' }),
    response: { 200: PackageList, 409: CHANGED },
  },
} as const satisfies Contract

export const getStudioPackages = {
  method: 'GET',
  url: '/studios/:id/packages',
  config: { access: 'manager' },
  schema: {
    summary: "A studio's packages with those that are hidden",
    tags: ['packages'],
    params: IdParams,
    response: { 200: PackageList, 404: problem('not_found') },
  },
} as const satisfies Contract

export const setStudioPackages = {
  method: 'PUT',
  url: '/studios/:id/packages',
  config: { access: 'manager' },
  schema: {
    summary: `Replace a studio's packages. ${EMPTY}`,
    tags: ['packages'],
    params: IdParams,
    body,
    response: { 200: PackageList, 404: problem('not_found'), 409: CHANGED },
  },
} as const satisfies Contract

export const getEventPackageList = {
  method: 'GET',
  url: '/admin/events/:id/packages',
  config: { access: 'manager' },
  schema: {
    summary: "An event's packages with those that are hidden",
    tags: ['packages'],
    params: IdParams,
    response: { 200: PackageList, 404: problem('not_found') },
  },
} as const satisfies Contract

export const setEventPackages = {
  method: 'POST',
  url: '/events/:id/packages',
  config: { access: 'manager' },
  schema: {
    summary: `Replace an event's own packages. ${EMPTY}`,
    tags: ['packages'],
    params: IdParams,
    body,
    response: { 200: PackageList, 404: problem('not_found'), 409: CHANGED },
  },
} as const satisfies Contract
