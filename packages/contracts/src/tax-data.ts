import { withoutSpaces } from '@pix/domain/payee.ts'
import { BRANCH, isTaxId } from '@pix/domain/tax-id.ts'
import { VAT_STATUSES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Text } from './common.ts'

export const Vat = z.enum(VAT_STATUSES)

/** 13 digits with their check digit; people may type them in groups. */
export const TaxId = z
  .string()
  .max(30)
  .regex(/^[\d\s-]*$/, 'is no tax id')
  .overwrite(withoutSpaces)
  .refine(isTaxId, 'is no tax id')
export const Branch = z.string().max(10).overwrite(withoutSpaces).regex(BRANCH, 'is no branch of five digits')
export const PartyName = Text.trim().min(2).max(200)
export const PartyAddress = Text.trim().min(5).max(400)

/** Whom an order's documents are made out to. A private person may leave the tax id out; a branch goes with a tax id. */
export const BuyerTaxData = z
  .strictObject({ name: PartyName, address: PartyAddress, taxId: TaxId.nullable(), branch: Branch.nullable() })
  .refine(({ taxId, branch }) => (taxId === null) === (branch === null), {
    path: ['branch'],
    message: 'goes with a tax id',
  })
  .meta({ id: 'BuyerTaxData' })
export type BuyerTaxData = z.output<typeof BuyerTaxData>
