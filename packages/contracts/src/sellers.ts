import { SELLS_AS, SOLD_AS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { IdParams } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Branch, PartyAddress, PartyName, TaxId, Vat } from './tax-data.ts'

/** Who a studio is for the law, as its documents name it. */
export const Seller = z
  .object({
    vat: Vat,
    name: z.string(),
    address: z.string(),
    taxId: z.string().nullable(),
    /** Five digits; `00000` is the head office. */
    branch: z.string().nullable(),
    sellsAs: z.enum(SELLS_AS),
    soldAs: z.enum(SOLD_AS),
  })
  .meta({ id: 'Seller' })
export type Seller = z.infer<typeof Seller>

export const getSeller = {
  method: 'GET',
  url: '/studios/:id/seller',
  config: { access: 'owner' },
  schema: {
    summary: 'What the documents of a studio say of the seller',
    tags: ['studios'],
    params: IdParams,
    response: { 200: Seller, 404: problem('not_found') },
  },
} as const satisfies Contract

export const changeSeller = {
  method: 'PUT',
  url: '/studios/:id/seller',
  config: { access: 'owner' },
  schema: {
    summary: 'Change what documents say of the seller, from the next one on; documents that were made stay as they are',
    tags: ['studios'],
    params: IdParams,
    body: z
      .strictObject({
        vat: Vat,
        name: PartyName,
        address: PartyAddress,
        taxId: TaxId.nullable(),
        branch: Branch.nullable(),
        sellsAs: z.enum(SELLS_AS),
        soldAs: z.enum(SOLD_AS),
      })
      .refine(({ vat, taxId }) => vat === 'none' || taxId !== null, { path: ['taxId'], message: 'is needed' })
      .refine(({ vat, branch }) => vat === 'none' || branch !== null, { path: ['branch'], message: 'is needed' })
      // The books post no VAT on the own share of an agent.
      .refine(({ vat, sellsAs }) => vat === 'none' || sellsAs === 'principal', {
        path: ['sellsAs'],
        message: 'an agent with VAT is not supported yet',
      }),
    response: { 200: Seller, 404: problem('not_found'), 422: problem('invalid_request') },
  },
} as const satisfies Contract
