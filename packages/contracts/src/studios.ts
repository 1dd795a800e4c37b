import { STUDIO_ROLES, STUDIO_STATUSES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant, LocalText, Nothing, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'

/** A studio, as what belongs to it names it. */
export const StudioLink = z.object({ id: Id, slug: z.string(), name: LocalText }).meta({ id: 'StudioLink' })
export type StudioLink = z.infer<typeof StudioLink>

export const StudioRole = z.enum(STUDIO_ROLES)
export const StudioStatus = z.enum(STUDIO_STATUSES)

/** A studio in whose console somebody works: its owners, its managers and its sales staff. */
export const ManagedStudio = StudioLink.extend({
  status: StudioStatus,
  /** What the caller is in it; null for a platform admin who has no place there. */
  role: StudioRole.nullable(),
}).meta({ id: 'ManagedStudio' })
export type ManagedStudio = z.infer<typeof ManagedStudio>

export const listStudios = {
  method: 'GET',
  url: '/studios',
  config: { access: 'sales' },
  schema: {
    summary:
      'The studios in which the caller is an owner, a manager or sales staff, the first one first (id); of a platform admin all',
    tags: ['studios'],
    querystring: PageQuery,
    response: { 200: page(ManagedStudio) },
  },
} as const satisfies Contract

/** Labels that no studio may have: the installation's own, and those that people would take for it. */
const RESERVED_SLUGS = [
  'admin',
  'api',
  'app',
  'assets',
  'cdn',
  'localhost',
  'mail',
  'media',
  'pay',
  'smtp',
  'static',
  'www',
]
export const isReservedLabel = (label: string): boolean => RESERVED_SLUGS.includes(label)

const SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Whether a text may be the first label of a storefront's host. */
export const isStudioSlug = (text: string): boolean =>
  text.length >= 2 && SLUG.test(text) && !isReservedLabel(text) && !text.startsWith('xn--')

const StudioSlug = z.string().min(2).max(63).regex(SLUG).refine(isStudioSlug, 'is no address of a studio')
export const StudioName = Text.trim().min(1).max(80)

export const makeStudio = {
  method: 'POST',
  url: '/studios',
  config: { access: 'platform_admin', limit: 'invitation' },
  schema: {
    summary: 'Make a studio, and invite its first owner by mail',
    tags: ['studios'],
    body: z.strictObject({
      slug: StudioSlug,
      name: z.strictObject({ th: StudioName, en: StudioName }),
      ownerEmail: Email,
      locale: z.enum(['th', 'en']),
    }),
    response: { 201: ManagedStudio, 409: problem('studio_slug_taken') },
  },
} as const satisfies Contract

export const setStudioStatus = {
  method: 'PUT',
  url: '/studios/:id/status',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Suspend a studio, close it, or open it again. A suspended or closed one takes no photos, sells nothing and invites nobody; downloads, refunds and rights of people go on',
    tags: ['studios'],
    params: IdParams,
    body: z.strictObject({ status: StudioStatus.exclude(['grace']) }),
    response: { 200: ManagedStudio, 404: problem('not_found') },
  },
} as const satisfies Contract

export const Member = z
  .object({
    userId: Id,
    name: z.string(),
    email: z.string(),
    role: StudioRole,
    since: Instant,
    /** When a browser of theirs last renewed its sign-in; null where none did lately. */
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

const MemberParams = z.strictObject({ id: Id, userId: Id })

export const listMembers = {
  method: 'GET',
  url: '/studios/:id/members',
  config: { access: 'manager' },
  schema: {
    summary: 'Who works for a studio, by role (role, userId)',
    tags: ['studios'],
    params: IdParams,
    querystring: PageQuery,
    response: { 200: page(Member), 404: problem('not_found') },
  },
} as const satisfies Contract

export const changeMember = {
  method: 'PUT',
  url: '/studios/:id/members/:userId',
  config: { access: 'owner' },
  schema: {
    summary: 'Give a member another role. It holds at once: earlier access tokens end',
    tags: ['studios'],
    params: MemberParams,
    body: z.strictObject({ role: StudioRole }),
    response: { 204: Nothing, 404: problem('not_found'), 409: problem('last_owner') },
  },
} as const satisfies Contract

export const removeMember = {
  method: 'DELETE',
  url: '/studios/:id/members/:userId',
  config: { access: 'owner' },
  schema: {
    summary: 'Take somebody out of a studio. What they sent others as invitations ends, too',
    tags: ['studios'],
    params: MemberParams,
    response: { 204: Nothing, 404: problem('not_found'), 409: problem('last_owner') },
  },
} as const satisfies Contract

export const leaveStudio = {
  method: 'DELETE',
  url: '/me/studios/:id',
  config: { access: 'user' },
  schema: {
    summary: 'Leave a studio. Its last owner can not',
    tags: ['studios'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found'), 409: problem('last_owner') },
  },
} as const satisfies Contract
