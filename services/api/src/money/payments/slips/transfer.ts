/** The gateway of money that came by a transfer and that a person found on the account's statement. */
export const TRANSFER = 'transfer'
