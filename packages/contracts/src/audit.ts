import { z } from 'zod'
import { Day, Id, Instant, LocalText, page, PageQuery, Text } from './common.ts'
import { Bytes, type Contract, problem } from './contract.ts'

/** Every action that is recorded, as `recordAudit` takes it; the web has a sentence for each. */
export const AUDIT_ACTIONS = [
  'account.delete',
  'account.password_change',
  'account.password_reset',
  'account.provider_link',
  'account.provider_unlink',
  'account.recovery_code',
  'account.recovery_codes_renew',
  'account.second_factor_kept',
  'account.second_factor_lost',
  'account.second_factor_off',
  'account.second_factor_on',
  'account.second_factor_reset',
  'adjustment.post',
  'audit.export',
  'books.compare',
  'camera_login.create',
  'camera_login.end',
  'coupon.create',
  'coupon.switch',
  'deletion.reapply',
  'difference.end',
  'event.announce',
  'event.change',
  'event.cover',
  'event.create',
  'event.delete',
  'event.duplicate',
  'event.invite',
  'event.join',
  'event.packages',
  'event.remove_crew',
  'event.status',
  'event.trust',
  'faces.change_engine',
  'faces.group',
  'faces.keep_engine',
  'faces.many_people',
  'guest.delete',
  'inbox.give_back',
  'inbox.leave',
  'inbox.take',
  'invitation.revoke',
  'invitation.send_again',
  'mail.lift',
  'mail.retry',
  'member.invite',
  'member.join',
  'member.leave',
  'member.remove',
  'member.role',
  'notice.announce',
  'notice.cancel',
  'notice.change',
  'notice.end',
  'notice.open',
  'notice.update',
  'objection.decide',
  'order.cancel',
  'order.email',
  'order.resend',
  'payee.change',
  'payee.terms',
  'payout.approve',
  'payout.bounce',
  'payout.discard',
  'payout.draft',
  'payout.export',
  'payout.pay',
  'photos.decide',
  'photos.delete',
  'photos.download',
  'photos.move',
  'photos.retry',
  'platform.packages',
  'receipt.amount',
  'receipt.apply',
  'refund.approve',
  'refund.start',
  'refund.refuse',
  'refund.see_payee',
  'refund.transfer',
  'seller.change',
  'service_key.create',
  'service_key.revoke',
  'service_key.use',
  'letter.change',
  'setup.admin',
  'slip.arrived',
  'slip.refuse',
  'slip.see',
  'settlement.record',
  'split_rule.add',
  'split_rule.deductions',
  'split_rule.rate',
  'studio.create',
  'studio.packages',
  'studio.gateway',
  'studio.logo',
  'studio.look',
  'studio.status',
  'support.change',
  'takedown.decide',
  'transfer_account.set',
  'queue.drain',
  'queue.retry',
  'sweep.run',
  'user.lift',
  'user.role',
  'user.sign_out',
  'user.suspend',
  'user.unlock',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** The actor of what nobody signed in did. */
export const SYSTEM_ACTOR = 'system'

export const AuditLine = z
  .object({
    id: Id,
    at: Instant,
    /** Null for the system. It has no name and no e-mail once the account is gone. */
    actor: z.object({ id: z.uuid(), name: z.string().nullable(), email: z.string().nullable() }).nullable(),
    /** One of `AUDIT_ACTIONS`, or an action that an earlier release wrote. */
    action: z.string(),
    /** Such as `event:<id>`. */
    subject: z.string(),
    /** The name of an event that still exists. */
    subjectName: LocalText.nullable(),
    /** Null where it is about no studio. */
    studioId: Id.nullable(),
    /** Where the request came from; null for work that nobody asked for, and in lines of earlier releases. */
    from: z.object({ ip: z.string(), device: z.string() }).nullable(),
    /** The values before and after; null where there were none, or where the line does not keep them. */
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditLine' })
export type AuditLine = z.infer<typeof AuditLine>

export const AUDIT_PAGE = 50

/** What the audit is narrowed to. */
const filters = {
  /** A part of a name or an e-mail address, or `system`. */
  actor: Text.min(1).max(320).optional(),
  /** An action, or its first words: `event` is every `event.…`. */
  action: z
    .string()
    .max(60)
    .regex(/^[a-z_]+(\.[a-z_]+)*$/)
    .optional(),
  subject: Text.min(1).max(200).optional(),
  /** Days in Asia/Bangkok, both included. */
  from: Day.optional(),
  to: Day.optional(),
  /** Lines about this studio. */
  studio: Id.optional(),
}

export const listAudit = {
  method: 'GET',
  url: '/admin/audit',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Who did what to what, newest first (createdAt, id)',
    tags: ['admin'],
    querystring: PageQuery.extend({
      limit: z.coerce.number().int().min(1).max(100).default(AUDIT_PAGE),
      ...filters,
    }),
    response: { 200: page(AuditLine), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const AUDIT_FORMATS = ['csv', 'json'] as const

export const exportAudit = {
  method: 'GET',
  url: '/admin/audit/export',
  config: { access: 'platform_admin', limit: 'batch' },
  schema: {
    summary: 'Every line that fits the filters, newest first, as CSV for spreadsheets or as one JSON array',
    tags: ['admin'],
    produces: ['text/csv', 'application/json'],
    querystring: z.strictObject({ format: z.enum(AUDIT_FORMATS), ...filters }),
    response: { 200: Bytes, 422: problem('invalid_request') },
  },
} as const satisfies Contract
