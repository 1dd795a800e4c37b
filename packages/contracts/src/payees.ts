import { BANK_CODES } from '@pix/domain/banks.ts'
import { ACCOUNT_NUMBER, withoutSpaces } from '@pix/domain/payee.ts'
import { isJuristicTaxId } from '@pix/domain/tax-id.ts'
import { PAYEE_FORMS, PAYEE_PARTIES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Locale, Password } from './accounts.ts'
import { Id, Instant } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { PartyAddress, PartyName, TaxId } from './tax-data.ts'

export const PayeeParty = z.enum(PAYEE_PARTIES)

/** Where somebody's share is paid out to, and the name and tax id that the tax office knows. */
export const PayeeDetails = z.strictObject({
  /** The bank's code of three digits, by the Bank of Thailand. */
  bank: z.enum(BANK_CODES),
  account: z.string().max(30).overwrite(withoutSpaces).regex(ACCOUNT_NUMBER, 'is no account number'),
  /** As the bank has it. */
  accountName: PartyName,
  form: z.enum(PAYEE_FORMS),
  name: PartyName,
  address: PartyAddress,
  taxId: TaxId,
  /** Registered for VAT: it is in their share. */
  vatRegistered: z.boolean(),
})
export type PayeeDetails = z.output<typeof PayeeDetails>

/** An account as lists name it. */
export const AccountShown = z.object({ bank: z.enum(BANK_CODES), lastDigits: z.string() })

/** What is shown of an account: never its whole number. */
export const PayeeAccount = z
  .object({
    ...PayeeDetails.omit({ account: true, taxId: true }).shape,
    lastDigits: z.string(),
    taxIdLastDigits: z.string(),
    changedAt: Instant,
    /** Nothing is paid to it before. */
    usableFrom: Instant,
  })
  .meta({ id: 'PayeeAccount' })
export type PayeeAccount = z.infer<typeof PayeeAccount>

export const OwnPayee = z
  .object({
    party: PayeeParty,
    /** The photographer, organizer or studio that the caller is or owns. */
    id: Id,
    name: z.string(),
    /** Null until one is entered, and once a transfer to it came back. */
    account: PayeeAccount.nullable(),
    /** Whether the last account is used no more because a transfer to it came back. */
    bounced: z.boolean(),
  })
  .meta({ id: 'OwnPayee' })
export type OwnPayee = z.infer<typeof OwnPayee>

export const listOwnPayees = {
  method: 'GET',
  url: '/me/payees/:party',
  config: { access: 'user' },
  schema: {
    summary: 'As whom the caller is paid out, and to which account',
    tags: ['payouts'],
    params: z.strictObject({ party: PayeeParty }),
    response: { 200: z.object({ items: z.array(OwnPayee) }) },
  },
} as const satisfies Contract

export const changePayee = {
  method: 'PUT',
  url: '/me/payees/:party/:id',
  config: { access: 'user', limit: 'login' },
  schema: {
    summary:
      'Set the bank account to which a share is paid out. The payee gets a letter, and nothing is paid there for some days',
    tags: ['payouts'],
    params: z.strictObject({ party: PayeeParty, id: Id }),
    body: PayeeDetails.extend({
      /** The language of the letters about payouts. */
      locale: Locale,
      /** Asked again where the account has one. */
      password: Password.optional(),
    }).refine(({ form, taxId }) => form === 'person' || isJuristicTaxId(taxId), {
      path: ['taxId'],
      message: 'is no number of a company',
    }),
    response: {
      200: OwnPayee,
      404: problem('not_found'),
      422: problem('invalid_request', 'wrong_password'),
      429: problem('account_locked'),
    },
  },
} as const satisfies Contract
