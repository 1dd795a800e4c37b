import type { AdjustableShown, listAdjustable as contract } from '@pix/contracts/adjustments.ts'
import { baht } from '@pix/contracts/common.ts'
import type { accountKind } from '@pix/db/schema/ledger.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { ADJUSTABLE_ACCOUNTS, PAYEE_PARTIES } from '@pix/domain/words.ts'
import type { z } from 'zod'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { payeeKey, type PayeeKey } from '../../../people/payees/index.ts'
import { inStudio } from '../../../people/studios/index.ts'
import { namesOf } from '../names-of.ts'
import { owedBySales } from '../owed-by-sales.ts'

export interface Account {
  kind: (typeof accountKind.enumValues)[number]
  ownerId: string | null
}
type Offered = z.output<(typeof contract.schema.response)[200]>['items'][number]

/** The payee whose account it is; null for an account of nobody. */
function payeeOf({ kind, ownerId }: Account): PayeeKey | null {
  const party = PAYEE_PARTIES.find(one => kind === `${one}_payable`)
  return party === undefined || ownerId === null ? null : { party, ownerId }
}

export const payeesOf = (accounts: readonly Account[]): PayeeKey[] => accounts.flatMap(one => payeeOf(one) ?? [])

/** An account as people are shown it. */
export function nameOf(account: Account, names: ReadonlyMap<string, string>): AdjustableShown {
  const kind = ADJUSTABLE_ACCOUNTS.find(one => one === account.kind)
  if (kind === undefined) throw new Error(`no correction may name ${account.kind}`)
  const payee = payeeOf(account)
  return { kind, ownerId: account.ownerId, name: payee === null ? null : (names.get(payeeKey(payee)) ?? '') }
}

/**
 * The accounts that a correction of a studio's books may name: of everybody to whom its sales were ever posted, of the
 * studio itself unless it is the platform, and those of nobody.
 */
export async function adjustableOf({ db, studioId, now }: StaffContext): Promise<Offered[]> {
  const owed = await owedBySales(db, studioId, now())
  const own = { party: 'studio' as const, ownerId: studioId, balance: 0 }
  const isListed = owed.some(({ party }) => party === 'studio')
  const payees = studioId === HOUSE_STUDIO || isListed ? owed : [...owed, own]
  const names = await namesOf(db, payees)
  const ofNobody = ADJUSTABLE_ACCOUNTS.filter(kind => PAYEE_PARTIES.every(party => kind !== `${party}_payable`))
  return [
    ...payees.map(({ party, ownerId, balance }) => ({
      ...nameOf({ kind: `${party}_payable`, ownerId }, names),
      balance: baht(balance),
    })),
    ...ofNobody.map(kind => ({ kind, ownerId: null, name: null, balance: null })),
  ]
}

/** The same for who owns the studio. @throws Problem `not_found` */
export const listAdjustable = (ctx: CallerContext, studio: string): Promise<{ items: Offered[] }> =>
  inStudio(ctx, studio, ['owner'], async staff => ({ items: await adjustableOf(staff) }))
