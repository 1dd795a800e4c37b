import type { PayeeParty, StatementKind } from './words.ts'

/** Satang, as the wire has them. */
interface Baht {
  amount: number
  currency: 'THB'
}

/** A row of the ledger that changed what a payee is owed, with what it is about. Amounts are in satang. */
export interface LedgerLine {
  at: Date
  kind: string
  /** As the ledger has it: below 0 where the payee is owed more. */
  amount: number
  orderNumber: string | null
  eventId: string | null
  slug: string | null
  nameTh: string | null
  nameEn: string | null
  photoId: string | null
  fileName: string | null
  price: number | null
  rateBp: number | null
  number: string | null
  /** Whom a payout went to. */
  paidTo: PayeeParty | null
  withheld: number | null
  net: number | null
  /** Of a correction by hand. */
  reference: string | null
  reason: string | null
}

/** The same line as its payee reads it: an amount above 0 is what they are owed more. */
export interface StatedLine {
  at: string
  kind: StatementKind
  orderNumber: string | null
  event: { id: string; slug: string; name: { th: string; en: string } } | null
  photo: { id: string; fileName: string } | null
  price: Baht | null
  rateBp: number | null
  amount: Baht
  payout: { number: string; withheld: Baht; net: Baht } | null
  correction: { reference: string; reason: string } | null
}

const baht = (amount: number): Baht => ({ amount, currency: 'THB' })

const KINDS: Readonly<Record<string, StatementKind>> = {
  sale: 'sale',
  refund: 'refund',
  payout: 'payout',
  payout_return: 'payout_return',
  withholding: 'withholding',
  adjustment: 'correction',
} satisfies Record<Exclude<StatementKind, 'other' | 'correction'> | 'adjustment', StatementKind>

/** What a line of a payee's statement says. */
export function statedLine(line: LedgerLine, party: PayeeParty): StatedLine {
  const { kind, eventId, photoId, price, number, withheld, net, reference, reason } = line
  const event = eventId === null ? null : { id: eventId, slug: line.slug ?? '' }
  return {
    at: line.at.toISOString(),
    kind: kindOf(line, party),
    orderNumber: line.orderNumber,
    event: event && { ...event, name: { th: line.nameTh ?? '', en: line.nameEn ?? '' } },
    photo: photoId === null ? null : { id: photoId, fileName: line.fileName ?? '' },
    price: price === null ? null : baht(kind === 'sale' ? price : -price),
    rateBp: line.rateBp,
    amount: baht(-line.amount),
    payout:
      number === null || withheld === null || net === null
        ? null
        : { number, withheld: baht(withheld), net: baht(net) },
    correction: reference === null || reason === null ? null : { reference, reason },
  }
}

/**
 * The kind of a line. Another payee's returned payout changes what a studio is owed only by the tax that was withheld
 * from it.
 */
function kindOf({ kind, paidTo }: LedgerLine, party: PayeeParty): StatementKind {
  if (party === 'studio' && kind === 'payout_return' && paidTo !== 'studio') return 'withholding'
  return KINDS[kind] ?? 'other'
}
