/** What goes wrong with one order. */
export interface Fault {
  name: string
  /** Whose photos are bought: the second studio's money comes through Omise, the house's through PayNoi. */
  from?: 'second_studio'
  /** Faults of the charge from its making on. */
  creating?: object
  /** Faults of the charge once it is there. */
  charge?: object
  /** What the announcement says was paid, satang more or less than was asked. */
  difference?: number
  /** The buyer does something else than pay once. */
  does?: 'nothing' | 'two_tabs' | 'cancels_then_pays'
  /** A stranger sends these to the webhook before anybody pays. */
  forges?: 'signature' | 'malformed' | 'oversized'
  /**
   * The buyer sends the slip of a transfer by hand: of the right amount, of too little, of none, one that paid another
   * order, or of the QR, which they paid while its gateway is silent.
   */
  slip?: 'true' | 'short' | 'false' | 'used' | 'silent'
}

const second = { from: 'second_studio' } as const

/** Each is dealt out in turn, so that all come equally often. */
export const FAULTS: readonly Fault[] = [
  { name: 'none' },
  { name: 'slip of a transfer', slip: 'true' },
  { name: 'webhook never comes', charge: { never: true } },
  { name: 'six webhooks at once', charge: { duplicateWebhooks: 5 } },
  { name: 'fifty webhooks at once', charge: { duplicateWebhooks: 49 } },
  { name: 'wrong signature', charge: { wrongSignature: true } },
  { name: 'second payment', charge: { secondPayment: true } },
  { name: 'money after the QR', creating: { expiresInSeconds: 2 }, charge: { late: true } },
  { name: 'satang added', creating: { satang: 7 } },
  { name: 'no QR picture', creating: { noQrImage: true } },
  { name: 'create answers 500', creating: { fail: 'create' } },
  { name: 'create is slow', creating: { slowMs: 3_000 } },
  { name: 'check answers 500 at first', charge: { fail: 'check' } },
  { name: 'a satang short', difference: -1 },
  { name: 'a baht over', difference: 100 },
  { name: 'a hundred baht over', difference: 10_000 },
  { name: 'pay clicked in two tabs', does: 'two_tabs' },
  { name: 'cancelled, then paid', does: 'cancels_then_pays' },
  { name: 'forged signature', forges: 'signature', does: 'nothing' },
  { name: 'oversized webhook', forges: 'oversized' },
  { name: 'webhook that is no JSON', forges: 'malformed' },
  { name: 'slip of too little', slip: 'short' },
  { name: 'slip of no transfer', slip: 'false' },
  { name: 'slip that paid another order', slip: 'used' },
  { name: 'slip while the gateway is silent', slip: 'silent', charge: { never: true, fail: 'check' } },
  { name: 'Omise: none', ...second },
  { name: 'Omise: webhook never comes', ...second, charge: { never: true } },
  { name: 'Omise: six webhooks, wrong signature', ...second, charge: { duplicateWebhooks: 5, wrongSignature: true } },
]
