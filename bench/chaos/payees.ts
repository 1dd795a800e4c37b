import { randomInt } from 'node:crypto'
import { changePayee, listOwnPayees } from '@pix/contracts/payees.ts'
import { isTaxId } from '@pix/domain/tax-id.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { DEMO } from '../try/visitor.ts'
import { insist } from './insist.ts'
import type { SignedIn } from './signed-in.ts'

/** Somebody to whom shares are owed, and as what. */
export interface Payee {
  person: SignedIn
  party: PayeeParty
}

/** Enters a bank account for each payee without one: at first, and after a transfer came back. */
export async function enterAccounts(payees: readonly Payee[]): Promise<void> {
  for (const { person, party } of payees) {
    const { items } = await insist(() => person.call(listOwnPayees, { params: { party } }))
    for (const { id, account, name } of items) {
      if (account !== null) continue
      const body = {
        bank: '004' as const,
        account: String(randomInt(10 ** 9, 10 ** 10)),
        accountName: name,
        form: 'person' as const,
        name,
        address: '1 Silom Road, Bangkok 10500',
        taxId: someTaxId(),
        vatRegistered: false,
        locale: 'th' as const,
        password: DEMO.password,
      }
      await insist(() => person.call(changePayee, { params: { party, id }, body }))
    }
  }
}

function someTaxId(): string {
  const begin = String(randomInt(10 ** 11, 10 ** 12))
  return Array.from({ length: 10 }, (_, digit) => begin + digit).find(isTaxId)!
}
