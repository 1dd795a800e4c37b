import { CONSENT_ACTS, CONSENT_PURPOSES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Locale } from './accounts.ts'
import { EventLink, Id, Instant, Nothing, Text } from './common.ts'
import { Bytes, type Contract, problem } from './contract.ts'
import { LOCKED } from './second-step.ts'

const ConsentPurpose = z.enum(CONSENT_PURPOSES)

/** Lines of the ledger that are shown at once; an export has all. */
export const CONSENT_LINES = 200

/** One line of the ledger of consents. */
const ConsentLine = z.object({
  id: Id,
  act: z.enum(CONSENT_ACTS),
  purpose: ConsentPurpose,
  eventId: Id.nullable(),
  /** Null where the consent is about no event, or about one that is gone. */
  event: EventLink.nullable(),
  at: Instant,
  version: z.string(),
  /** The text that was agreed to; null for withdrawals and for grants from before texts were kept. */
  text: z.string().nullable(),
  /** Of a grant: whether it stands, that is, nobody has taken it back. */
  standing: z.boolean(),
})
export type ConsentLine = z.infer<typeof ConsentLine>

const MyConsents = z.object({ lines: z.array(ConsentLine) }).meta({ id: 'MyConsents' })
export type MyConsents = z.infer<typeof MyConsents>

export const listMyConsents = {
  method: 'GET',
  url: '/me/consents',
  config: { access: 'session' },
  schema: {
    summary: 'What this browser or account agreed to and took back, newest first',
    tags: ['privacy'],
    response: { 200: MyConsents },
  },
} as const satisfies Contract

export const changeMyConsent = {
  method: 'PUT',
  url: '/me/consents',
  config: { access: 'session' },
  schema: {
    summary: 'Agree by naming the wording that was shown, or take every standing consent of this kind back',
    tags: ['privacy'],
    body: z.strictObject({
      purpose: ConsentPurpose,
      eventId: Id.nullable(),
      granted: z.boolean(),
      /** With `granted`: the id of the wording. */
      wording: Text.max(40).optional(),
    }),
    response: { 200: MyConsents, 404: problem('not_found'), 422: problem('consent_required', 'invalid_request') },
  },
} as const satisfies Contract

/** What the notice says of time and of whom to write to: each figure is a setting, or what the sweeps delete by. */
const PrivacyFacts = z
  .object({
    /** Who runs the shop and answers for the data. */
    seller: z.object({ name: z.string(), address: z.string(), contact: z.string() }),
    /** Who sells at this storefront; null at the marketplace, where each studio sells its own photos. */
    studio: z.object({ name: z.string(), address: z.string() }).nullable(),
    selfieMinutes: z.int(),
    resultsDays: z.int(),
    facesDays: z.int(),
    eventsDays: z.int(),
    downloadDays: z.int(),
    archiveDays: z.int(),
    lettersDays: z.int(),
    takedownDays: z.int(),
    invitationDays: z.int(),
    refundPayeeDays: z.int(),
    payeeAccountDays: z.int(),
    statementDays: z.int(),
    slipDays: z.int(),
    sessionDays: z.int(),
    signInDays: z.int(),
    deviceDays: z.int(),
  })
  .meta({ id: 'PrivacyFacts' })
export type PrivacyFacts = z.infer<typeof PrivacyFacts>

export const privacyFacts = {
  method: 'GET',
  url: '/privacy/facts',
  config: { access: 'public' },
  schema: {
    summary: 'Who answers for the data, and how long each kind is kept',
    tags: ['privacy'],
    response: { 200: PrivacyFacts },
  },
} as const satisfies Contract

export const exportMe = {
  method: 'GET',
  url: '/me/export',
  config: { access: 'session', limit: 'batch' },
  schema: {
    summary: 'Everything that is kept about this account, or about this browser, as a ZIP of JSON with a page to read',
    tags: ['privacy'],
    produces: ['application/zip'],
    response: { 200: Bytes },
  },
} as const satisfies Contract

export const deleteVisit = {
  method: 'DELETE',
  url: '/me/visit',
  config: { access: 'session' },
  schema: {
    summary: "Delete what this browser's visitor left: searches, cart, consents. What was bought stays",
    tags: ['privacy'],
    response: { 204: Nothing },
  },
} as const satisfies Contract

/** Addresses whose mail this browser showed to read: those of orders that it opened by a mailed code. */
const MyAddresses = z
  .object({
    items: z.array(
      z.object({
        /** An order of the address that was opened here. */
        orderId: Id,
        /** As much of it as its owner knows it by. */
        email: z.string(),
      }),
    ),
  })
  .meta({ id: 'MyAddresses' })
export type MyAddresses = z.infer<typeof MyAddresses>

export const listMyAddresses = {
  method: 'GET',
  url: '/me/addresses',
  config: { access: 'session' },
  schema: {
    summary: 'Addresses of orders that this browser opened by a code that was mailed there',
    tags: ['privacy'],
    response: { 200: MyAddresses },
  },
} as const satisfies Contract

export const deleteAddress = {
  method: 'POST',
  url: '/me/addresses/deletion',
  config: { access: 'session' },
  schema: {
    summary: "Delete what belongs to an order's address and to the visits that bought with it. Paid orders stay",
    tags: ['privacy'],
    body: z.strictObject({ orderId: Id }),
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

export const deleteAccount = {
  method: 'POST',
  url: '/me/deletion',
  config: { access: 'user', limit: 'login' },
  schema: {
    summary: 'Delete the account, within this request. Orders and photos that were sold stay without its name',
    tags: ['privacy'],
    body: z.strictObject({
      /** Asked again; of an account without one, its e-mail address. */
      password: Text.min(1).max(320),
      /** A code of the authenticator app, or a recovery code; needed where the account has a second factor. */
      code: Text.min(6).max(40).optional(),
      /** The language of the letter that confirms it. */
      locale: Locale,
    }),
    response: {
      204: Nothing,
      409: problem('last_owner'),
      422: problem('wrong_password', 'wrong_second_factor', 'invalid_request'),
      429: LOCKED,
    },
  },
} as const satisfies Contract
